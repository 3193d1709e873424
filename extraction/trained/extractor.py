"""The offline engine: the rules, and a trained network that judges and adds to them."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from extraction.agreement import SIGNS
from extraction.engine import RuleExtractor
from extraction.interface import (
    Candidate,
    Document,
    Guess,
    KnownActor,
    KnownClaim,
)
from extraction.languages.detection import language_of, why_unread
from extraction.trained.acts import gathered, joined, neighbours, said_again
from extraction.trained.english import EnglishText
from extraction.trained.facts import HINTED, NAMED, Facts, Key, sentence_at
from extraction.trained.foreign import ForeignText
from extraction.trained.judged import Judged
from extraction.trained.network import Network, Pair, Passage, network
from extraction.trained.relevance import Relevance
from extraction.trained.text import Text
from extraction.trained.units import Holder, How
from extraction.trained.windows import (
    END,
    PAIR_OF,
    START,
    Mark,
    Window,
    claim_ids,
    windows_of,
)

LEAST = 0.35  # probability of one sign from which what the rules missed is proposed
LEAST_ALONE = 0.9  # the same in a text in which the rules read nothing that is kept
AS_LIKELY = 0.9  # share of a judgement's probability from which another outdoes it
OTHERS, LEAST_OTHER = 3, 0.1  # claims shown as guesses behind the one proposed
LONGEST_CLAIMS = 270  # ids: with the longest window and its marks, what 512 places hold
TEXTS: dict[str, type[EnglishText | ForeignText]] = {
    "en": EnglishText,
    "fr": ForeignText,
    "de": ForeignText,
}


class TrainedExtractor:
    """Proposes the stances that a trained network finds likely, the rules' reading in hand.

    English, French and German; texts in other languages are left to other engines.
    """

    name = "reader"
    version = "9"

    def __init__(self) -> None:
        self.rules = RuleExtractor()

    def extract(
        self,
        document: Document,
        names: list[KnownActor],
        claims: list[KnownClaim],
    ) -> list[Candidate]:
        """Propose the stances of ``names`` on ``claims`` in ``document``."""
        if not document.text.strip() or not claims or why_unread(document):
            return []
        text = TEXTS[language_of(document)](self.rules, document, names, claims)
        return _Judgement(text, judge(text, network())).candidates()


def judge(text: Text, reader: Network) -> list[Judged]:
    """Ask ``reader`` about every holder in every window, on the claims it may be about."""
    ids = {slug: claim_ids(one, reader.encode) for slug, one in text.claims.items()}
    relevance = Relevance(text.facts, ids)

    def passage(window: Window, some: list[str]) -> Passage:
        return passage_of(window, some, ids, text.facts)

    return [
        one
        for window in windows_of(text.units, reader.encode)
        if (claims := fitting(relevance.claims(window), ids))
        for one in readings(window, claims, passage, reader)
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
        rows = reader.probabilities(passage(window, asked))
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

    def __init__(self, text: Text, judged: list[Judged]) -> None:
        self.text = text
        self.judged = {one.key: one for one in judged}
        self.beside = beside(self.judged.values())

    def candidates(self) -> list[Candidate]:
        """Return the rules' candidates that hold, judged, and those only the network sees."""
        read, starts = self.text.candidates, self.text.units.starts

        def at(candidate: Candidate) -> int:
            return sentence_at(candidate.content[0].start, starts)

        def until(candidate: Candidate) -> int:
            return sentence_at(candidate.content[-1].start, starts)

        kept: list[Candidate] = []
        told: set[Key] = set()
        for candidate in read:
            key = candidate.actor, candidate.claim, at(candidate)
            one = self.judged.get(key)
            told.add(key)
            if one is None:
                kept.append(candidate)
            elif one.stance >= self.text.least_read:
                kept.append(self._weighed(candidate, one))
        least = LEAST if any(one.actor for one in kept) else LEAST_ALONE
        for key, one in self.judged.items():
            if key not in told and one.sureness >= least and not self._outdone(one):
                kept.append(self._new(one))
        whole = [one for one in kept if not one.actor]
        known = [one for one in kept if one.actor]
        runs = [joined(run) for run in neighbours(known, _whose, at)]
        whole += [gathered(act) for act in said_again(runs, _whose_again, until)]
        return sorted(whole, key=lambda c: (c.content, c.actor, c.claim))

    def _outdone(self, one: Judged) -> bool:
        """Whether the rules read the words on another claim, and the network as surely."""
        return outdone(one, self.beside[one.holder.slug, one.sentence], self.text.facts)

    def _weighed(self, candidate: Candidate, one: Judged) -> Candidate:
        """What the rules read stands, as surely as the network finds its sign.

        Where that gives another sign at least ``LEAST_AGAINST``, its value is taken.
        """
        value = candidate.value and one.ruling(candidate.value)
        sureness = round(one.likely(value), 3)
        reasons = candidate.reasons
        if value != candidate.value and candidate.value is not None:
            reasons = (*reasons, f"the rules read “{candidate.value.words}”")
            candidate = replace(candidate, condition=self.text.condition(one))
        return replace(
            candidate,
            value=value,
            confidence=sureness,
            reasons=(*reasons, _said(one)),
            features={**candidate.features, "sure_reader": sureness},
        )

    def _new(self, one: Judged) -> Candidate:
        sureness = round(one.sureness, 3)
        return replace(
            self.text.write(one),
            confidence=sureness,
            reasons=(*_who(one.holder), _said(one)),
            claim_guesses=self._guesses(one),
            features={
                "sure_speaker": one.holder.speaker.score,
                "sure_reader": sureness,
            },
        )

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


def beside(judged: Iterable[Judged]) -> dict[tuple[str, int], list[Judged]]:
    """Return the judgements of each holder in each sentence."""
    found: dict[tuple[str, int], list[Judged]] = {}
    for one in judged:
        found.setdefault((one.holder.slug, one.sentence), []).append(one)
    return found


def outdone(one: Judged, others: list[Judged], facts: Facts) -> bool:
    """Whether what the rules read of the same holder, among ``others``, is as likely.

    Only where no word of the sentence names or hints at the claim of ``one``.
    """
    known = facts.of(*one.key)
    return not (known[NAMED] or known[HINTED]) and any(
        other.key in facts.values and other.sureness >= AS_LIKELY * one.sureness
        for other in others
    )


def _whose(candidate: Candidate) -> tuple[str, str]:
    return candidate.actor, candidate.claim


def _whose_again(candidate: Candidate) -> tuple[Hashable, ...]:
    sign = SIGNS[candidate.value] if candidate.value else None
    return (*_whose(candidate), candidate.stated_on, sign)


def _who(holder: Holder) -> tuple[str, ...]:
    reasons = holder.speaker.guesses[0].reasons if holder.speaker.guesses else ()
    if holder.how is How.CARRIED:
        return (*reasons, "was spoken of just before")
    return reasons


def _said(one: Judged) -> str:
    return f"the trained reader finds “{one.value.words}” likely ({one.sureness:.0%})"
