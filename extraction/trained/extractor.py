"""The offline engine: the rules, and a trained network that judges and adds to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from extraction.agreement import SIGNS
from extraction.engine import RuleExtractor, Writer
from extraction.interface import (
    CONDITIONAL,
    Candidate,
    Document,
    Guess,
    KnownActor,
    KnownClaim,
    Span,
    Value,
)
from extraction.languages.detection import language_of
from extraction.reading import Draft, TextReading
from extraction.trained.acts import acts, joined
from extraction.trained.facts import ORDER, Facts, Key, facts_of, sentence_at
from extraction.trained.network import Network, Pair, Passage, Probabilities, network
from extraction.trained.relevance import relevance_of
from extraction.trained.units import Holder, How, Units
from extraction.trained.windows import (
    END,
    PAIR_OF,
    START,
    Mark,
    Window,
    claim_ids,
    windows_of,
)
from extraction.value import Reading, conditions_in

LEAST = 0.4  # probability of one sign from which what the rules missed is proposed
LEAST_ALONE = 0.9  # the same in a text in which the rules read nothing at all
LEAST_READ = 0.1  # probability of a stance from which what the rules read is kept
LEAST_AGAINST = 0.6  # probability of another sign from which the rules are overruled
LEAST_AGAIN = 0.5  # probability of a stance from which a doubtful sign is asked again
DOUBTFUL = 0.7  # share of the stance's probability below which its likeliest sign is so
BY_SIGN = tuple(  # the network's classes against, undecided and for
    tuple(n for n, value in enumerate(ORDER, 1) if SIGNS[value] == sign)
    for sign in (-1, 0, 1)
)
OTHERS, LEAST_OTHER = 3, 0.1  # claims shown as guesses behind the one proposed
LONGEST_CLAIMS = 270  # ids: with the longest window and its marks, what 512 places hold


@dataclass(frozen=True)
class Judged:
    """What the network says of one holder, claim and sentence."""

    holder: Holder
    claim: str
    sentence: int
    odds: Probabilities

    @property
    def key(self) -> Key:
        """Actor, claim and sentence: what tells one judgement from another."""
        return self.holder.slug, self.claim, self.sentence

    @property
    def stance(self) -> float:
        """How likely there is a stance at all."""
        return 1.0 - float(self.odds[0])

    @property
    def sureness(self) -> float:
        """How likely there is a stance of the likeliest sign."""
        return float(sum(self.odds[n] for n in self._sign))

    def likely(self, value: Value | None) -> float:
        """How likely there is a stance of the sign of ``value``."""
        number = ORDER.index(value) + 1 if value else 0
        sign = next((classes for classes in BY_SIGN if number in classes), self._sign)
        return float(sum(self.odds[n] for n in sign))

    def ruling(self, read: Value) -> Value:
        """The value to propose where the rules read ``read``: theirs, unless overruled."""
        agreed = self.likely(read) >= self.sureness
        return read if agreed or self.sureness < LEAST_AGAINST else self.value

    @property
    def doubtful(self) -> bool:
        """Whether there is likely a stance, and it is unclear of which sign."""
        return self.stance >= LEAST_AGAIN and self.sureness < DOUBTFUL * self.stance

    def averaged(self, other: "Judged") -> "Judged":
        """As likely to be a stance, each value by the geometric mean of both readings."""
        both = np.sqrt(self.odds[1:]) * np.sqrt(other.odds[1:])
        values = self.stance * both / both.sum()
        return replace(self, odds=np.array([self.odds[0], *values], np.float32))

    @property
    def value(self) -> Value:
        """The likeliest value of the likeliest sign."""
        return ORDER[max(self._sign, key=lambda n: self.odds[n]) - 1]

    @property
    def _sign(self) -> tuple[int, ...]:
        return max(BY_SIGN, key=lambda classes: sum(self.odds[n] for n in classes))


class TrainedExtractor:
    """Proposes the stances that a trained network finds likely, the rules' reading in hand.

    English only; French and German texts are left to the rules.
    """

    name = "reader"
    version = "5"

    def __init__(self) -> None:
        self.rules = RuleExtractor()

    def extract(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> list[Candidate]:
        """Propose the stances of ``names`` on ``claims`` in ``document``."""
        if language_of(document) != "en" or not document.text.strip() or not claims:
            return self.rules.extract(document, names, claims)
        reading = self.rules.reading(document, names, claims)
        read = self.rules.candidates(reading)
        units = Units(reading)
        starts = [sentence.start_char for sentence in units.sentences]
        facts = facts_of(reading.anchors, read, starts)
        judged = judge(reading, units, facts, network())
        return _Judgement(reading, units, judged).candidates(read, starts)


def judge(
    reading: TextReading, units: Units, facts: Facts, reader: Network
) -> list[Judged]:
    """Ask ``reader`` about every holder in every window, on the claims it may be about."""
    relevance = relevance_of(reading, units, facts)
    near = [
        (window, claims)
        for window in windows_of(reading, units, reader.encode)
        if (claims := relevance.claims(window))
    ]
    ids = {
        slug: claim_ids(reading.matcher.profiles[slug].claim, reader.encode)
        for slug in {claim for _, claims in near for claim in claims}
    }

    def passage(window: Window, some: list[str]) -> Passage:
        return passage_of(window, some, ids, facts)

    return [
        one
        for window, claims in near
        for one in readings(window, fitting(claims, ids), passage, reader)
    ]


def readings(
    window: Window,
    claims: list[str],
    passage: Callable[[Window, list[str]], Passage],
    reader: Network,
) -> Iterator[Judged]:
    """Ask about ``claims`` together, and about each whose sign is in doubt once more alone.

    ``passage`` gives what is read of a window with some claims.
    """

    def ask(asked: list[str]) -> list[Judged]:
        (rows,) = reader.probabilities([passage(window, asked)])
        return [
            Judged(mark.holder, claim, mark.sentence, odds)
            for (mark, claim), odds in zip(pairs_of(window, asked), rows, strict=True)
        ]

    found = ask(claims)
    torn = {one.key for one in found if one.doubtful and len(claims) > 1}
    doubted = sorted({claim for _, claim, _ in torn})
    again = {one.key: one for claim in doubted for one in ask([claim])}
    for one in found:
        yield one.averaged(again[one.key]) if one.key in torn else one


def fitting(claims: list[str], ids: dict[str, list[int]]) -> list[str]:
    """Return the first of ``claims`` that the network can read before a window."""
    kept, room = [], LONGEST_CLAIMS
    for claim in claims:
        room -= len(ids[claim])
        if room >= 0:
            kept.append(claim)
    return kept


def passage_of(
    window: Window, claims: list[str], ids: dict[str, list[int]], facts: Facts
) -> Passage:
    """Return the claims and the window as the network reads them."""
    read, belongs = [START], [0]
    for number, claim in enumerate(claims, 1):
        read += ids[claim]
        belongs += [number] * len(ids[claim])
    read.append(END)
    split = len(read)
    read += [*window.ids, END]
    belongs += [0] * (len(read) - len(belongs))
    pairs = [
        Pair(
            mark=PAIR_OF[mark.holder.how]
            + facts.read(mark.holder.slug, claim, mark.sentence),
            at=split + mark.at,
            claim=claims.index(claim) + 1,
            facts=facts.of(mark.holder.slug, claim, mark.sentence),
        )
        for mark, claim in pairs_of(window, claims)
    ]
    return Passage(read, belongs, split, pairs)


def pairs_of(window: Window, claims: list[str]) -> Iterator[tuple[Mark, str]]:
    """Yield every holder's mark with every claim, as the network judges them."""
    for mark in window.marks:
        for claim in claims:
            yield mark, claim


class _Judgement:
    """Turns what the network says of a text into candidates."""

    def __init__(
        self, reading: TextReading, units: Units, judged: list[Judged]
    ) -> None:
        self.units = units
        self.writer = Writer(reading)
        self.judged = {one.key: one for one in judged}
        self.beside: dict[tuple[str, int], list[Judged]] = {}
        for (actor, _, sentence), one in self.judged.items():
            self.beside.setdefault((actor, sentence), []).append(one)

    def candidates(self, read: list[Candidate], starts: list[int]) -> list[Candidate]:
        """Return the rules' candidates that hold, judged, and those only the network sees."""

        def key_of(candidate: Candidate) -> Key:
            at = sentence_at(candidate.content[0].start, starts)
            return candidate.actor, candidate.claim, at

        kept: list[Candidate] = []
        told: set[Key] = set()
        for candidate in read:
            key = key_of(candidate)
            one = self.judged.get(key)
            told.add(key)
            if one is None:
                kept.append(candidate)
            elif one.stance >= LEAST_READ:
                kept.append(self._weighed(candidate, one))
        least = LEAST if any(candidate.actor for candidate in read) else LEAST_ALONE
        for key, one in self.judged.items():
            if key not in told and one.sureness >= least:
                kept.append(self._new(one))
        whole = [one for one in kept if not one.actor]
        known = [one for one in kept if one.actor]
        whole += [joined(act) for act in acts(known, key_of)]
        return sorted(whole, key=lambda c: (c.content, c.actor, c.claim))

    def _weighed(self, candidate: Candidate, one: Judged) -> Candidate:
        """What the rules read stands, as surely as the network finds its sign.

        Where that gives another sign at least ``LEAST_AGAINST``, its value is taken.
        """
        value = candidate.value and one.ruling(candidate.value)
        sureness = round(one.likely(value), 3)
        reasons = candidate.reasons
        if value != candidate.value and candidate.value is not None:
            reasons = (*reasons, f"the rules read “{_worded(candidate.value)}”")
            candidate = replace(candidate, condition=self._condition(one))
        return replace(
            candidate,
            value=value,
            confidence=sureness,
            reasons=(*reasons, _said(one)),
            features={**candidate.features, "sure_reader": sureness},
        )

    def _new(self, one: Judged) -> Candidate:
        sentence = self.units.sentences[one.sentence]
        draft = Draft(
            voice=self.units.voice(one.holder, sentence),
            claim=one.claim,
            reading=Reading(one.value, self._condition(one), score=1.0),
            at=sentence.root,
            certainty=1.0,
        )
        sureness = round(one.sureness, 3)
        return replace(
            self.writer.candidate(draft),
            confidence=sureness,
            reasons=(*_who(one.holder), _said(one)),
            claim_guesses=self._guesses(one),
            features={
                "sure_speaker": one.holder.speaker.score,
                "sure_reader": sureness,
            },
        )

    def _condition(self, one: Judged) -> Span | None:
        """The first condition in the sentence, where the value has one."""
        if one.value not in CONDITIONAL:
            return None
        conditions = conditions_in(self.units.sentences[one.sentence])
        return next((span for span, _ in conditions), None)

    def _guesses(self, one: Judged) -> tuple[Guess, ...]:
        """The claim and the others that the same words of the same holder fit."""
        others = [
            other
            for other in self.beside[one.holder.slug, one.sentence]
            if other.claim != one.claim and other.sureness >= LEAST_OTHER
        ]
        others.sort(key=lambda other: (-other.sureness, other.claim))
        return tuple(
            Guess(each.claim, round(each.sureness, 3), ("the trained reader",))
            for each in (one, *others[:OTHERS])
        )


def _who(holder: Holder) -> tuple[str, ...]:
    reasons = holder.speaker.guesses[0].reasons if holder.speaker.guesses else ()
    if holder.how is How.CARRIED:
        return (*reasons, "was spoken of just before")
    return reasons


def _said(one: Judged) -> str:
    return (
        f"the trained reader finds “{_worded(one.value)}” likely ({one.sureness:.0%})"
    )


def _worded(value: Value) -> str:
    return value.replace("_", " ")
