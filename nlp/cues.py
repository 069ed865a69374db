"""What a cue is: words with a meaning, as a playbook holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property

from nlp.reading import About


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that speak for one thing. The language of phrases is described in `nlp.phrases`."""

    id: str
    language: str
    about: About
    key: str  # the style, need, objection ... that it speaks for; for an axis "high" or "low"
    phrases: tuple[str, ...]
    weight: float = 1.0  # how much it says, (0, 3]
    kind: str | None = None  # a need's own kind, where its words already tell
    exceptions: tuple[str, ...] = ()  # words that look like this cue but are not
    even_if: frozenset[str] = frozenset()  # verdicts of scope that do not silence this cue


@dataclass(frozen=True)
class CueBank:
    """All cues of a playbook and their named word lists, by language."""

    cues: tuple[Cue, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # language -> name -> words

    @cached_property
    def digest(self) -> str:
        """Changes when, and only when, the cues change: what compiled pipelines are cached by."""
        parts: Iterable[str] = (
            repr([sorted((k, repr(v)) for k, v in asdict(cue).items()) for cue in self.cues]),
            repr(sorted((language, sorted(lists.items())) for language, lists in self.words.items())),
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def of(self, language: str) -> tuple[Cue, ...]:
        """Return the cues of one language, in their order."""
        return tuple(cue for cue in self.cues if cue.language == language)
