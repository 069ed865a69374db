"""What is known of a prospect when cards are chosen, and whether a card fits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.reading import NeedFinding, Reading
from playbooks.playbook import Playbook
from playbooks.schema import Topic, When

ALWAYS = "always"  # a card without conditions matched


@dataclass(frozen=True, slots=True)
class Situation:
    """What conditions of cards are held against."""

    style: str | None  # None while it is unclear
    lifecycle: str
    needs: tuple[NeedFinding, ...]  # most important first
    objections: tuple[str, ...]
    known_topics: frozenset[str]  # what the note says already

    @classmethod
    def of(cls, playbook: Playbook, reading: Reading, lifecycle: str) -> Situation:
        """Gather it from a reading. Needs that the playbook does not have (any more) are left out."""
        style = playbook.style(reading.style.style)
        return cls(
            style=style.key if style else None,
            lifecycle=lifecycle,
            needs=tuple(finding for finding in reading.needs if playbook.need(finding.need)),
            objections=tuple(finding.objection for finding in reading.objections),
            known_topics=known_topics(playbook.topics, reading),
        )

    def fits(self, when: When) -> bool:
        """Whether all conditions hold. A condition on kind or rung holds for the need that the card names."""
        return (
            when.style in (None, self.style)
            and when.lifecycle in (None, self.lifecycle)
            and (when.objection is None or when.objection in self.objections)
            and when.topic not in self.known_topics
            and self._fits_need(when)
        )

    def _fits_need(self, when: When) -> bool:
        if (when.need, when.kind, when.rung) == (None, None, None):
            return True
        return self.need_for(when) is not None

    def need_for(self, when: When) -> NeedFinding | None:
        """Return the most important need that a card speaks of; None when it speaks of none that is there."""
        if (when.need, when.kind, when.rung) == (None, None, None):
            return None
        for finding in self.needs:
            if (
                when.need in (None, finding.need)
                and when.kind in (None, finding.kind)
                and when.rung in (None, finding.rung)
            ):
                return finding
        return None


def known_topics(topics: Iterable[Topic], reading: Reading) -> frozenset[str]:
    """Return the topics that a note says something about already."""
    needs = {finding.need for finding in reading.needs}
    objections = {finding.objection for finding in reading.objections}
    facts = {fact.kind for fact in reading.facts} | ({"next_step"} if reading.next_step else set())
    shown = (
        topic.key
        for topic in topics
        if needs.intersection(topic.known_by_needs)
        or objections.intersection(topic.known_by_objections)
        or facts.intersection(topic.known_by_facts)
    )
    return reading.topics | frozenset(shown)


def matched(when: When) -> str:
    """Return the conditions by which a card was chosen: "style=driver, topic=budget"."""
    given = when.model_dump(exclude_none=True)
    return ", ".join(f"{name}={value}" for name, value in given.items()) or ALWAYS
