"""A third language is added by files alone (row L7): a folder of resources and cues, no code."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
import yaml

from nlp import language as language_module
from nlp.cues import Cue, CueBank
from nlp.reader import Reader

WORDS = {"shorthand": {"m": ["mit"]}, "abbreviations": ["hr"], "numbers": ["zwei"]}
SCOPE = {
    "rules": [{"verdict": "negated", "about": ["need", "objection"], "reach": 4, "phrases": ["nicht|kein|keine"]}],
    "ends": ["aber"],
    "actors": [{"verdict": "reps_own", "about": ["style", "need"], "phrases": ["ich|wir"]}],
}
CUES = CueBank(
    (
        Cue("zu-teuer", "de", "objection", "price", ("zu teuer", "<Preis> zu hoch"), 2.0),
        Cue("schnell", "de", "need", "performance", ("<brauchen> ..3 schnell",), 2.0),
    )
)


@pytest.fixture
def with_german(tmp_path, monkeypatch):
    """The folder of languages with a small German one beside English and Dutch."""
    folder = tmp_path / "languages"
    shutil.copytree(language_module.FOLDER, folder)
    shutil.copytree(folder / "en", folder / "de")
    for name, resource in (("words", WORDS), ("scope", SCOPE)):
        (folder / "de" / f"{name}.yaml").write_text(yaml.safe_dump(resource), encoding="utf-8")
    monkeypatch.setattr(language_module, "FOLDER", folder)
    language_module.languages.cache_clear()
    yield
    language_module.languages.cache_clear()


@pytest.mark.usefixtures("with_german")
def test_a_language_with_files_of_its_own_is_detected_and_read():
    reader = Reader(CUES)
    read = reader.read(
        "Der Kunde findet es viel zu teuer und er brauchte die Maschine schnell.", written_on=date(2026, 3, 9)
    )
    assert (read.language, read.language_sure) == ("de", True)
    assert [found.objection for found in read.objections] == ["price"]
    assert [found.need for found in read.needs] == ["performance"]


@pytest.mark.usefixtures("with_german")
def test_its_own_scope_file_decides_what_counts():
    read = Reader(CUES).read("Das ist nicht zu teuer, sagt der Kunde.", written_on=date(2026, 3, 9), language="de")
    assert [(vote.verdict, vote.because) for vote in read.votes if vote.cue == "zu-teuer"] == [("negated", "nicht")]
