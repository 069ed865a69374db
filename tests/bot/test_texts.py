"""What the bot says: complete in every language, each key once, nothing unused."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot import texts as texts_module
from bot.texts import FILE, say, texts
from nlp.language import languages

BOT = Path(texts_module.__file__).parent
BUILT_KEYS = ("ask_", "button_", "channel_", "menu_", "remark_", "role_", "step_", "verdict_")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(texts()))
def test_text_exists_in_every_language_with_the_same_placeholders(key: str) -> None:
    versions = texts()[key]
    assert set(versions) == set(languages())
    assert all(text.strip() for text in versions.values())
    assert len({frozenset(placeholders(text)) for text in versions.values()}) == 1


def test_each_key_stands_once() -> None:
    keys = [key.value for key, _ in yaml.compose(FILE.read_text(encoding="utf-8")).value]
    assert sorted(keys) == sorted(set(keys))


def test_no_text_is_unused() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in BOT.rglob("*.py"))
    named = set(re.findall(r"""['"]([a-z_]+)['"]""", code))
    unused = {key for key in texts() if key not in named and not key.startswith(BUILT_KEYS)}
    assert unused == set()


def test_braces_in_values_are_left_alone() -> None:
    assert say("en", "filed_under", name="{evil} {0}") == "Saved under {evil} {0}."


def test_a_language_that_is_gone_falls_back_to_english() -> None:
    assert say("tlh", "role_rep") == say("en", "role_rep")
