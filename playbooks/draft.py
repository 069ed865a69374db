"""All files of a playbook together while they are checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from nlp.language import languages
from playbooks.problems import Problem
from playbooks.schema import About
from playbooks.source import SECTION_OF, THINGS, Item, Piece, ShapedFile


@dataclass(frozen=True)
class Draft:
    """What is well-formed in the files. `whole` is False when a file or a section could not be read at all."""

    files: tuple[ShapedFile, ...]
    whole: bool

    def pieces(self, kind: type[Item]) -> Iterator[Piece[Item]]:
        """Yield the entries of one kind, by file and in the order of each."""
        for file in self.files:
            yield from file.pieces(kind)

    def has_all(self, kind: type[Item]) -> bool:
        """Whether every entry of a section is well-formed, so that one that is not there is missing."""
        written = (file.source.value_at((SECTION_OF[kind],)) for file in self.files)
        entries = sum(len(found) for found in written if isinstance(found, list))
        return self.whole and entries == sum(1 for _ in self.pieces(kind))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The playbook's languages; those that notes can be read in while no file says it."""
        for piece in self.pieces(About):
            return tuple(piece.item.languages)
        return languages()

    @cached_property
    def keys(self) -> Mapping[str, frozenset[str]]:
        """The keys that are written in each section, those of ill-formed entries too."""
        return {section: frozenset(self._keys_in(section)) for section in THINGS}

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, list[str]]]:
        """The named word lists: language -> name -> words."""
        found: dict[str, dict[str, list[str]]] = {}
        for file in self.files:
            found.setdefault(file.content.language or "", {}).update(file.content.words)
        return found

    def whole_problem(self, kind: type[Item], code: str, *, thing: str = "", **values: str) -> Problem:
        """Return a problem with a section as a whole, named by the first file that has it."""
        section = SECTION_OF[kind]
        path = next((file.source.path for file in self.files if file.source.value_at((section,))), "playbook")
        return Problem(path, None, code, thing=thing, values=tuple(values.items()))

    def _keys_in(self, section: str) -> Iterator[str]:
        for file in self.files:
            entries = file.source.value_at((section,))
            for entry in entries if isinstance(entries, list) else ():
                key = entry.get("key") if isinstance(entry, dict) else None
                if isinstance(key, str):
                    yield key
