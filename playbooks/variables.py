"""The variables of card texts: {prospect}, {need} and {rep}, and what stands there when one is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import get_args

import yaml

from playbooks.schema import Variable

VARIABLES: tuple[str, ...] = get_args(Variable)
IN_BRACES = re.compile(r"\{([^{}]*)\}")


@lru_cache
def neutral_phrases() -> Mapping[str, Mapping[str, str]]:
    """Return what stands for a variable without a value: variable -> language -> phrase."""
    text = files("playbooks").joinpath("neutral.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Replace every variable of a text once; braces that a value brings with it stay as they are."""
    return IN_BRACES.sub(lambda found: values.get(found[1], ""), text)
