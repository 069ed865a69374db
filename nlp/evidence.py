"""What speaks for each thing that a note may say: its cues, and the second reader's opinions, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from nlp.forms import Forms
from nlp.reading import AXES, STYLE_AXES, About, Quote, Vote
from nlp.second_reader import ANY, Judgement, Label, Opinion, SecondReader
from nlp.words import Words

SECOND_READER = "second-reader"  # stands where a cue's id stands

MOST_CUES = 4.0  # more cues than this make nothing surer
NO_OPINION = -6.0  # log-odds of a note without any piece
# Log-odds of a note as a whole, at most: a few words on how somebody behaves must be able to outweigh the rest.
MOST_OF_WHOLE = {"style": 5.0}
OTHER_SORT = {"need": "objection", "objection": "need"}  # what is easily taken for one another


@dataclass(frozen=True, slots=True)
class Leaning:
    """What speaks for one key. Log-odds are the second reader's, over the pieces of the note."""

    cues: float = 0.0  # weights of the cues that count, added up; for a style also of those that speak against it
    has_cue: float = 0.0  # 1.0 with any cue that counts
    best: float = 0.0  # highest log-odds of a piece
    three: float = 0.0  # mean of the three highest
    mean: float = 0.0
    total: float = 0.0  # of log(1 + odds): how many pieces speak for it
    whole: float = 0.0  # of the note as a whole
    # The next six are of needs and objections only, of which a note says several, each in another place.
    lead: float = 0.0  # of the best piece over its best rival, at most 0: the piece rather speaks for another key
    gap: float = 0.0  # of the best piece over the best piece of the key that comes third
    rank: float = 0.0  # log(1 + keys with a better piece)
    carries: float = 0.0  # that the best piece carries anything of this sort
    rival_cue: float = 0.0  # weight of the strongest cue for a rival on the words of the key's own strongest cue
    other_cue: float = 0.0  # weight of the strongest cue for the other sort in the best piece

    def values(self) -> tuple[float, ...]:
        """Return all values, in the order of `LEANING_NAMES`."""
        return tuple(getattr(self, name) for name in LEANING_NAMES)


LEANING_NAMES = tuple(field.name for field in fields(Leaning))


class Evidence:
    """All evidence in one note."""

    def __init__(self, words: Words, votes: Sequence[Vote], second: SecondReader | None, forms: Forms) -> None:
        """`second` gives the second opinion; without it the cues speak alone."""
        self.words = words
        self.votes = votes
        self.on_style = strongest_once(votes_on_style(votes))
        self._second = second
        self._forms = forms
        self._column = {label: column for column, label in enumerate(second.labels if second else ())}
        self._of_sort = {
            sort: [column for (about, key), column in self._column.items() if about == sort and key != ANY]
            for sort in OTHER_SORT
        }
        judgement = second.judge(words, forms) if second else Judgement()
        self.opinions = judgement.pieces
        log_odds = [opinion.log_odds for opinion in self.opinions]
        self._table = np.array(log_odds).reshape(len(log_odds), len(self._column))
        self._whole: dict[Label, float] = {}
        if second and judgement.whole is not None:
            self._whole = dict(zip(second.whole_labels, judgement.whole.tolist(), strict=True))

    @property
    def pieces(self) -> int:
        """How many pieces the note has for the second reader."""
        return len(self.opinions)

    def knows(self, about: str, key: str) -> bool:
        """Say whether the second reader was trained on this key."""
        return (about, key) in self._column

    def may_be_shown(self, about: str, key: str) -> bool:
        """Say whether there are words to show for a key: a cue that counts or, unless scope silenced one, a piece."""
        if self.cue_votes(about, key):
            return True
        silenced = any(vote.about == about and vote.key == key for vote in self.votes)
        return not silenced and bool(self.log_odds(about, key))

    def leaning(self, about: str, key: str) -> Leaning:
        """Return what speaks for one key."""
        cues = self._cues(about, key)
        log_odds = self.log_odds(about, key)
        ranked = sorted(log_odds, reverse=True) or [NO_OPINION]
        return Leaning(
            cues=max(-MOST_CUES, min(MOST_CUES, sum(cues))),
            has_cue=float(any(weight > 0 for weight in cues)),
            best=ranked[0],
            three=sum(ranked[:3]) / len(ranked[:3]),
            mean=sum(ranked) / len(ranked),
            total=sum(math.log1p(math.exp(min(value, 20.0))) for value in log_odds),
            whole=self._of_whole(about, key),
            **(self._among_rivals(about, key) if log_odds and about in OTHER_SORT else {}),
        )

    def log_odds(self, about: str, key: str) -> list[float]:
        """Return the second reader's log-odds for one key, a number a piece; none for a key that it does not know."""
        column = self._column.get((about, key))
        return [] if column is None else self._table[:, column].tolist()

    def cue_votes(self, about: str, key: str) -> list[Vote]:
        """Return the cues that count for one key, strongest first."""
        counted = (vote for vote in self.votes if vote.about == about and vote.key == key and vote.weight > 0)
        return sorted(counted, key=lambda vote: (-vote.weight, vote.first))

    def opinion_votes(self, about: About, key: str, *, most: int = 1) -> list[Vote]:
        """Return the pieces in which the second reader sees one key best, as votes with its log-odds as weight."""
        ranked = sorted(enumerate(self.log_odds(about, key)), key=lambda item: -item[1])[:most]
        return [self._opinion_vote(about, key, self.opinions[piece], value) for piece, value in ranked]

    def told(self, vote: Vote, probability: float) -> Vote:
        """Return an opinion's vote as it is shown: with the words that told most, and a probability as its weight."""
        if not self._second:
            return vote
        column = self._column[vote.about, vote.key]
        telling = self._second.telling_words(self.words, self._forms, vote.first, vote.last, column)
        return replace(vote, because=", ".join(telling), weight=round(probability, 2))

    def opinion_at(self, about: str, key: str, vote: Vote) -> float:
        """Return the second reader's highest log-odds for a key around the words of a vote; 0.0 without an opinion."""
        near = (
            value
            for opinion, value in zip(self.opinions, self.log_odds(about, key), strict=False)
            if opinion.first < vote.last and vote.first < opinion.last
        )
        return max(near, default=0.0)

    def _opinion_vote(self, about: About, key: str, opinion: Opinion, log_odds: float) -> Vote:
        start, end = self.words.slice(opinion.first, opinion.last)
        return Vote(
            cue=SECOND_READER,
            about=about,
            key=key,
            weight=log_odds,
            quote=Quote(self.words.text[start:end], start, end),
            verdict="counts",
            first=opinion.first,
            last=opinion.last,
        )

    def _of_whole(self, about: str, key: str) -> float:
        most = MOST_OF_WHOLE.get(about, math.inf)
        return max(-most, min(most, self._whole.get((about, key), 0.0)))

    def _among_rivals(self, about: str, key: str) -> dict[str, float]:
        """Return how a key stands against the others of its sort, by the names of `Leaning`."""
        own = self._column[about, key]
        best = int(self._table[:, own].argmax())
        rivals = [column for column in self._of_sort[about] if column != own]
        in_piece, tops = self._table[best, rivals], self._table[:, rivals].max(axis=0)
        top = float(self._table[best, own])
        carries = self._column.get((about, ANY))
        piece = self.opinions[best]
        return {
            "lead": min(0.0, top - float(in_piece.max(initial=-math.inf))) if rivals else 0.0,
            "gap": top - sorted([top, *tops.tolist()], reverse=True)[min(2, len(rivals))],
            "rank": math.log1p(int((tops > top).sum())),
            "carries": 0.0 if carries is None else float(self._table[best, carries]),
            "rival_cue": self._rival_cue(about, key),
            "other_cue": self._strongest_cue(OTHER_SORT[about], piece.first, piece.last),
        }

    def _rival_cue(self, about: str, key: str) -> float:
        own = self.cue_votes(about, key)
        return self._strongest_cue(about, own[0].first, own[0].last, but=key) if own else 0.0

    def _strongest_cue(self, about: str, first: int, last: int, *, but: str = "") -> float:
        """Return the weight of the strongest cue that touches some words; 0.0 without one."""
        touching = (vote for vote in self.votes if vote.first < last and first < vote.last)
        return max((vote.weight for vote in touching if vote.about == about and vote.key != but), default=0.0)

    def _cues(self, about: str, key: str) -> list[float]:
        if about == "style":
            return [vote.weight * share for vote in self.on_style if (share := poles(vote).get(key))]
        return [vote.weight for vote in self.cue_votes(about, key)]


def votes_on_style(votes: Iterable[Vote]) -> list[Vote]:
    """Return the votes that speak for or against a style or a pole of an axis."""
    return [vote for vote in votes if vote.weight and poles(vote)]


def poles(vote: Vote) -> Mapping[str, float]:
    """Return how much of a vote's weight goes to each style; an axis speaks for two styles and against the others."""
    if vote.about == "style":
        return {vote.key: 1.0}
    if vote.about in AXES:
        axis = AXES.index(vote.about)
        pole = 1 if vote.key == "high" else -1
        return {style: 0.5 * pole * place[axis] for style, place in STYLE_AXES.items()}
    return {}


def strongest_once(votes: Iterable[Vote]) -> list[Vote]:
    """Let no cue count twice, and no words count twice for the same thing."""
    kept: list[Vote] = []
    for vote in sorted(votes, key=lambda vote: (-abs(vote.weight), vote.first)):
        same = (other for other in kept if other.cue == vote.cue or other.key == vote.key)
        if not any(o.cue == vote.cue or (o.first < vote.last and vote.first < o.last) for o in same):
            kept.append(vote)
    return kept
