"""Who acts on a day: the rep, or somebody else. Decided by the nearest words that tell, within a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp.days.step_words import BREAK, DAY, PAST, POSSESSIVE, StepWords, Term

ACTS = ("acts", "acts_infinitive")
CLAUSE_OPENERS = ("me", "others", "others_act", "asks", "tells_to", "thing_goes", "by_me", PAST, POSSESSIVE, DAY, *ACTS)
NO_STEP = ("negation", "others", "others_act", "deadlines", "until", "asks", "tells_to", "waits", "hears")
NEAR = 3  # terms before a verb in which somebody else may still be its subject
NEXT_CLAUSE = 8  # terms of the next clause that may say that the rep takes part
WINDOW = 40  # terms that a clause is looked for in, on either side of the day
MAY_BE_OVER = ("weekday", "offset", "today", "weekday_and_number")  # patterns whose day may lie behind


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the rep acts, and the terms (first and last, of the sentence) that say so."""

    reps: bool
    first: int = -1
    last: int = -1


NOT_THE_REP = Verdict(reps=False)


@dataclass(frozen=True)
class Sentence:
    """The terms of one sentence, and the position in it of the day that is asked about (first and last term)."""

    terms: Sequence[Term]
    day: int
    day_end: int  # the last term of the day: a correction ("Tuesday, no, Monday") has several

    def clause(self) -> tuple[int, int]:
        """Return the clause around the day: first term, and one past the last."""
        return self._clause

    @cached_property
    def _clause(self) -> tuple[int, int]:
        before = range(self.day - 1, max(self.day - WINDOW, 0) - 1, -1)
        behind = range(self.day_end + 1, min(self.day_end + WINDOW, len(self.terms)))
        first = next((at + 1 for at in before if self._is_break(at)), before[-1] if before else self.day)
        return first, next((at for at in behind if self._is_break(at)), behind.stop)

    def _is_break(self, at: int) -> bool:
        """Say whether a clause ends here: at "and" only when somebody acts behind it, not in "her and the board"."""
        if self.terms[at].text == ":" and at + 1 == self.day:
            return False  # "New appointment: Tuesday"
        if not self.terms[at].has("joins"):
            return self.terms[at].has(BREAK)
        behind = self.terms[at + 1 : at + 2]
        return not behind or _any(behind, *CLAUSE_OPENERS)


def who_acts(sentence: Sentence, words: StepWords) -> Verdict | None:
    """Return who acts on the day of the sentence; None when nothing tells."""
    first, last = sentence.clause()
    if promise := _promise(sentence, first, last):
        return promise
    if _is_ruled_out(sentence, first) or _is_away(sentence.terms[first:last]):
        return NOT_THE_REP
    if _joins_in(sentence, last):
        return Verdict(reps=True, first=first, last=last + 1)
    before = _nearest_before(sentence, first, sentence.day)
    after = _nearest_after(sentence, last)
    fragment = _fragment(sentence, first, last)
    in_order = (before, after, fragment) if words.subject_follows_day else (before, fragment, after)
    return next((verdict for verdict in in_order if verdict), None) or _further_off(sentence, first, last)


def _joins_in(sentence: Sentence, last: int) -> bool:
    """Say whether the rep takes part, as the clause behind tells: "the trial starts Monday, I'm there at six"."""
    following = sentence.terms[last + 1 : last + 1 + NEXT_CLAUSE]
    end = next((at for at, term in enumerate(following) if term.has(DAY) or _ends_clause(term)), len(following))
    return _any(following[:1], "me", "things", *ACTS) and _any(following[:end], "joins_in")


def _ends_clause(term: Term) -> bool:
    return term.has(BREAK) and not term.has("joins_in")


def _is_away(clause: Sequence[Term]) -> bool:
    """Say whether somebody is on leave: "on holiday", "ben vrijdag vrij"."""
    return _any(clause, "away") or (_any(clause[-1:], "absent") and _any(clause, "be"))


def _promise(sentence: Sentence, first: int, last: int) -> Verdict | None:
    """Find a step said outright, whoever the subject is: "she should get it by Friday, I promised"."""
    near = range(max(0, sentence.day - WINDOW), min(len(sentence.terms), sentence.day_end + WINDOW))
    promised = next((at for at in near if sentence.terms[at].has("promised_by_me")), None)
    if promised is not None:
        return Verdict(reps=True, first=min(first, promised), last=max(promised, sentence.day_end))
    clause = sentence.terms[first:last]
    if _any(clause, "by_me") and _any(clause, "receives", "have", "things"):
        return Verdict(reps=True, first=first, last=last - 1)
    return None


def is_plain(sentence: Sentence) -> bool:
    """Say whether the clause has something besides the day, and nothing that speaks against a step."""
    first, last = sentence.clause()
    around = [at for at in range(first, last) if not sentence.day <= at <= sentence.day_end]
    clause = [sentence.terms[at] for at in around]
    if _any(clause, PAST, *NO_STEP) or any(_is_somebody_else(sentence, at, first) for at in around):
        return False
    has_subject = _any(clause, "things") or not _has_verb(clause)
    return has_subject and any(term.text[0].isalnum() for term in clause)


def _has_verb(clause: Iterable[Term]) -> bool:
    """Say whether a verb asks for a subject that somebody else may be."""
    return any(term.has("helpers_of_somebody", "musts", "thing_goes") and not term.has("agreed") for term in clause)


def _is_ruled_out(sentence: Sentence, first: int) -> bool:
    """Say whether the word right before the day tells that nothing is done on it: "till", "since"."""
    terms = sentence.terms
    at = sentence.day - 1
    while at >= first and terms[at].has("before_a_day") and not terms[at].has("until"):
        at -= 1
    return at >= first and terms[at].has("until")


def _further_off(sentence: Sentence, first: int, last: int) -> Verdict | None:
    """Look in the clauses before, then (when the clause is nothing but the day) in those behind."""
    is_nothing_else = last - first == sentence.day_end - sentence.day + 1
    for end in range(first - 1, max(first - WINDOW, 0) - 1, -1):
        if not sentence.terms[end].has(BREAK):
            continue
        start, _ = Sentence(sentence.terms, end, end).clause()
        verdict = _nearest_before(sentence, start, end)
        if verdict:
            is_certain = verdict.first == start or sentence.terms[verdict.first].has("me")
            return verdict if verdict.reps and is_certain else NOT_THE_REP if is_nothing_else else None
    if is_nothing_else and last < len(sentence.terms):
        return _nearest_after(Sentence(sentence.terms, sentence.day, last), len(sentence.terms))
    return None


# Before the day: "I call him Tuesday", "samples sent Monday".


def _nearest_before(sentence: Sentence, first: int, end: int) -> Verdict | None:
    terms = sentence.terms
    for at in range(end - 1, first - 1, -1):
        verdict = _tells_before(sentence, at, first, end)
        if verdict and not _is_relative(terms, at, first):
            return None if verdict.reps and _any(terms[at:end], "negation") else verdict
    return None


def _is_relative(terms: Sequence[Term], at: int, first: int) -> bool:
    """Say whether a verb or its subject only describes a thing: "bring the one she liked Tuesday"."""
    subject = at - 1 if terms[at].has(PAST, "asks") else at
    is_said_of_thing = subject > first + 1 and terms[subject].has("others") and not terms[subject - 1].has(PAST)
    follows = terms[subject + 1 : subject + 2]
    return is_said_of_thing and terms[first].has("me", "things", *ACTS) and _any(follows, PAST, "asks")


def _tells_before(sentence: Sentence, at: int, first: int, end: int) -> Verdict | None:
    terms = sentence.terms
    term = terms[at]
    yes = Verdict(reps=True, first=at, last=at)
    if term.has("waits"):
        return NOT_THE_REP
    if term.has("appoints"):
        return yes
    if term.has("tells_to"):
        return _if(_any(terms[at:end], "me_object", "toward", *ACTS), yes)
    if term.has("asks"):
        return _if(_any(terms[slice(*sentence.clause())], "things", "me_object"), yes)
    if term.has("receives"):
        return _if(_is_ours(terms[slice(*sentence.clause())]), Verdict(reps=True, first=first, last=at))
    if term.has("gets_done") and at > first and terms[at - 1].has("it"):
        return Verdict(reps=True, first=at - 1, last=at)
    if term.has(*ACTS):
        is_his = term.has("others_act") and at > first and not _any(terms[at - 1 : at + 2], "me", "helpers")
        return NOT_THE_REP if is_his else _act_before(sentence, at, first, end)
    if term.has("me"):
        hears = _any(terms[at:end], "hears") and not _any(terms[at:end], "negation")
        return _if(not hears, yes)
    if _is_past(sentence, at, first, end) or _is_somebody_else(sentence, at, first):
        return NOT_THE_REP
    return None


def _is_ours(clause: Sequence[Term]) -> bool:
    """Say whether what somebody gets comes from the rep."""
    return _any(clause, "things") and not _any(clause, "other_people")


def _if(condition: bool, verdict: Verdict) -> Verdict:
    return verdict if condition else NOT_THE_REP


def _any(terms: Iterable[Term], *names: str) -> bool:
    return any(term.has(*names) for term in terms)


def _is_past(sentence: Sentence, at: int, first: int, end: int) -> bool:
    """Say whether a verb tells of a day that is over. Only a bare weekday or today can be meant so."""
    term = sentence.terms[at]
    mention = sentence.terms[sentence.day].mention
    if _any(sentence.terms[max(sentence.day - 1, 0) : sentence.day], "set_for"):
        return False  # "invite sent for Tuesday"
    if mention is None or (mention.sure and mention.kind not in MAY_BE_OVER):
        return False
    if term.has("have"):
        return _any(sentence.terms[first:end], PAST)
    return term.has(PAST) and not term.has("agreed") and not _is_adjective(sentence, at, end)


def _is_adjective(sentence: Sentence, at: int, end: int) -> bool:
    """Say whether a participle only describes: "revised quote", "laminated card to her"."""
    following = sentence.terms[at + 1] if at + 1 < end else None
    if following is None or following.has("things"):
        return following is not None
    return not following.classes and _any(sentence.terms[slice(*sentence.clause())], "toward")


def _is_somebody_else(sentence: Sentence, at: int, first: int) -> bool:
    terms, term = sentence.terms, sentence.terms[at]
    if term.has("others"):
        return True
    if term.has("others_act"):
        clause = terms[slice(*sentence.clause())]
        is_thing = (term.has("thing_goes") and _any(clause, "things")) or (term.has("things") and at == first)
        return not is_thing and not _any(terms[max(first, at - 1) : at + 2], "me")
    if term.has(POSSESSIVE):  # "the engineer's booked", not "Jan's demo"
        return _any(terms[at + 1 : at + 2], "agreed", "thing_goes", "prepositions", PAST)
    following = terms[at + 1 : at + 2]
    if term.has("others_when_no_object"):
        is_ours = _any(following, "thing_goes") or (_any(following, "musts") and _any(terms[at:], "toward"))
        return not (is_ours or _is_object(terms, at, first))
    return term.has("other_people") and _is_subject(terms, at, first) and not _is_object_of_infinitive(sentence)


def _is_object(terms: Sequence[Term], at: int, first: int) -> bool:
    """Say whether "it" or "ze" is what the words before it act on."""
    if at > first + 1 and terms[at - 2].has("me"):
        return True
    at -= 1
    while at > first and terms[at].has("helpers", "others_when_no_object"):
        at -= 1
    return at >= first and terms[at].has("me", "prepositions", "determiners", *ACTS)


def _is_object_of_infinitive(sentence: Sentence) -> bool:
    """Say whether a person is who is rung: "Klant vrijdag bellen"."""
    first, last = sentence.clause()
    clause = sentence.terms[first:last]
    return _any(clause, "acts_infinitive") and not _any(clause, "thing_goes", "others_act", "helpers_of_somebody")


def _is_subject(terms: Sequence[Term], at: int, first: int) -> bool:
    """Say whether a noun acts: nothing before it makes it the object ("with his wife", "call the boss")."""
    at -= 1
    while at >= first and terms[at].has("determiners"):
        at -= 1
    return at < first or not terms[at].has("joins", "prepositions", "toward", "things", "asks", "by_me", *ACTS)


def _act_before(sentence: Sentence, at: int, first: int, end: int) -> Verdict | None:
    """Judge a verb that a rep may be the subject of by what stands before it."""
    terms = sentence.terms
    if _is_done_to_rep(terms, at, end):
        return NOT_THE_REP
    subject = at - 1
    while subject >= first and terms[subject].has("helpers") and not terms[subject].has("me", "asks", "tells_to"):
        subject -= 1
    if terms[first].has("others_when_no_object") and subject < first < at:
        return NOT_THE_REP  # "ze bellen"
    yes = Verdict(reps=True, first=max(subject, first), last=at)
    if subject < first:
        return Verdict(reps=True, first=first, last=at)
    owner = terms[subject]
    if owner.has("determiners") and subject == at - 1:
        return None  # "the call": a noun
    if owner.has("me", "me_object", "tells_to"):
        return yes
    if owner.has("asks"):
        return _if(_any(terms[at:end], "things"), yes)
    led_by = subject - 1 if subject > first and owner.has("prepositions", "toward") else subject
    if terms[led_by].has(*ACTS):
        return _act_before(sentence, led_by, first, led_by)
    if owner.has("helpers_of_somebody") and subject > first and terms[subject - 1].has("things"):
        return yes  # "the plan is to ring"
    if owner.has("others", "helpers_of_somebody", "other_people", "others_act", POSSESSIVE):
        return NOT_THE_REP
    has_helper = subject < at - 1
    if terms[at].has("things") and not has_helper:
        return None  # "Acme visit": a noun
    if has_helper or (owner.text[0].isupper() and subject > 0 and not owner.classes):
        return NOT_THE_REP
    near = range(max(first, subject - NEAR), subject + 1)
    if any(terms[before].has("asks") or _is_somebody_else(sentence, before, first) for before in near):
        return NOT_THE_REP
    return Verdict(reps=True, first=at, last=at)


def _is_done_to_rep(terms: Sequence[Term], at: int, end: int) -> bool:
    """Say whether somebody does it to the rep: "ring me", but not "stuur ons voorstel"."""
    return any(
        terms[behind].has("me_object") and not (behind + 1 < len(terms) and terms[behind + 1].has("things"))
        for behind in range(at + 1, min(at + 3, end))
    )


# Behind the day: "donderdag bel ik terug", "Wednesday I must bring one price".


def _nearest_after(sentence: Sentence, last: int) -> Verdict | None:
    for at in range(sentence.day_end + 1, last):
        verdict = _tells_after(sentence, at, last)
        if verdict:
            return verdict
    return None


def _tells_after(sentence: Sentence, at: int, last: int) -> Verdict | None:
    terms = sentence.terms
    term = terms[at]
    yes = Verdict(reps=True, first=at, last=at)
    start = sentence.day_end + 1
    if term.has("waits"):
        return NOT_THE_REP
    if term.has("appoints"):
        return yes
    if term.has("receives"):
        return _if(_is_ours(terms[slice(*sentence.clause())]), yes)
    following = terms[at + 1] if at + 1 < last else None
    if term.has("musts") and not (following and following.has("me")):
        return None if _any(terms[slice(*sentence.clause())], "things") else NOT_THE_REP
    if term.has(*ACTS) and not (at > start and terms[at - 1].has("to_infinitive")):
        return NOT_THE_REP if _has_other_subject(sentence, term) else _act_after(term, following, at)
    if term.has("have") and following is not None and following.has("me"):
        return _if(not _is_past(sentence, at, start, last), yes)
    if term.has("me"):
        return _if(not _any(terms[start : at + 2], "hears"), yes)
    is_not = _is_past(sentence, at, start, last) or _is_somebody_else(sentence, at, start)
    return NOT_THE_REP if is_not else None


def _has_other_subject(sentence: Sentence, verb: Term) -> bool:
    """Say whether an infinitive behind the day is somebody else's: "dat de juffen zondag typen", "Tom gaat maandag
    bellen"."""
    if not verb.has("acts_infinitive"):
        return False
    first, last = sentence.clause()
    if first > 0 and sentence.terms[first - 1].has("subordinates"):
        return True
    if _any(sentence.terms[first:last], "me"):
        return False
    return _any(sentence.terms[first + 1 : sentence.day], "finite")


def _act_after(term: Term, following: Term | None, at: int) -> Verdict | None:
    yes = Verdict(reps=True, first=at, last=at)
    if following is None:
        return yes
    if following.has("me"):
        return Verdict(reps=True, first=at, last=at + 1)
    if following.has("others", "me_object"):
        return NOT_THE_REP
    if term.has("acts_infinitive") and following.has("others_when_no_object"):
        return NOT_THE_REP
    return yes


# Around the day, without a verb: "Contract draft to him Monday".


def _fragment(sentence: Sentence, first: int, last: int) -> Verdict | None:
    terms = sentence.terms
    around = [at for at in range(first, last) if not sentence.day <= at <= sentence.day_end]
    if any(terms[at].has("negation") or _is_past(sentence, at, first, last) for at in around):
        return None
    told = [at for at in around if terms[at].has("things", "toward")]
    has_thing = _any((terms[at] for at in around), "things")
    clause = [terms[at] for at in around]
    if not told or (_any(clause, "deadlines") and not _any(clause, "toward")):
        return None
    if not has_thing and _has_verb(clause):
        return None
    return Verdict(reps=True, first=min(around[0], told[0]), last=told[-1])
