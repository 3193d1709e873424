"""The value of a stance: what was said, against what the claim proposes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extraction.chain import Chain, climb
from extraction.interface import Span, Value
from extraction.modality import for_now, is_imperative
from extraction.state import State
from extraction.terms import GENERIC, concepts, lemma

SCALE = {
    -2: Value.OPPOSE,
    -1: Value.CONDITIONAL_OPPOSE,
    0: Value.AMBIGUOUS,
    1: Value.CONDITIONAL_SUPPORT,
    2: Value.SUPPORT,
}
NUMBERS = {value: number for number, value in SCALE.items()}
CONDITION = re.compile(
    r"\b(only (?:if|after|once|when|with|as|in)|if|unless|provid(?:ed|ing)(?: that)?"
    r"|(?:as|so) long as|on (?:the )?condition(?: that)?|until|once|subject to"
    r"|conditional (?:up)?on|contingent (?:up)?on|depending on|in (?:exchange|return) for"
    r"|in the event of|in case of|without)\b",
    re.IGNORECASE,
)
NO_CONDITION = re.compile(
    r"\b(even|as|what|ask(?:s|ed)?|wonder(?:s|ed)?|see|know|decide|clear|sure|doubt) $|"
    r"\bnot only $",
    re.IGNORECASE,
)
NO_ONCE = re.compile(r"once(?! (?:the|a|an|there|it|they|he|she|we)\b| [A-Z])\b")
LESS = {"lower", "fewer", "less", "reduced", "smaller", "lesser"}
LOWERING = {
    "cut",
    "reduce",
    "lower",
    "shrink",
    "slash",
    "trim",
    "curb",
    "limit",
    "reduction",
}
DEED = "does it"
CLAUSE_END = re.compile(
    r"[,;.:!?\"\u201c\u201d\u2013\u2014]|\bbut\b|\band (?:that|he|she|they|it)\b"
)


@dataclass(frozen=True)
class Orientation:
    """Which way a claim points at its object: -1 where it wants it gone."""

    sign: int = 1
    strength: int = 2
    lessened: bool = False


@dataclass(frozen=True)
class Reading:
    """A value read from words, its condition, why, and how sure (0..1)."""

    value: Value | None
    condition: Span | None = None
    reasons: tuple[str, ...] = ()
    score: float = 0.0


def orientation_of(anchor: Token) -> Orientation:
    """Return how a claim's proposition points at its ``anchor``."""
    chain = climb(anchor)
    state = chain.state
    return Orientation(state.sign, max(state.strength, 1), is_lessened(chain))


def is_lessened(chain: Chain) -> bool:
    """ "lower quotas": less of the thing is meant, as in "cut the quotas"."""
    for step in chain.steps:
        if step.token.pos_ in {"VERB", "AUX"}:
            return False
        if any(c.lower_ in LESS and c.dep_ == "amod" for c in step.token.children):
            return True
    return False


def _of_amount(chain: Chain, state: State, orientation: Orientation) -> State:
    """Turn what is said of less of a thing into what is said of the thing."""
    if orientation.lessened:
        cut = any(lemma(s.token) in LOWERING for s in chain.steps)
        return replace(state, sign=-state.sign) if cut else state
    if is_lessened(chain):
        return replace(state, sign=-state.sign)
    return state


def read(
    chain: Chain,
    state: State,
    orientation: Orientation,
    *,
    deeds: frozenset[int] = frozenset(),
) -> Reading:
    """Return the value that ``state`` gives a claim of ``orientation``.

    ``deeds`` are the positions of verbs that do what the claim is about.
    """
    if chain.hypothetical or state.void:
        return Reading(None, reasons=("only supposed or denied to have been said",))
    if not state.explicit and any(step.token.i in deeds for step in chain.steps):
        state = replace(state, explicit=True, reasons=(*state.reasons, DEED))
    if not state.explicit and _is_bidden(chain):
        state = replace(state, explicit=True, reasons=(*state.reasons, "bidden"))
    if not state.explicit:
        return Reading(None, reasons=("no cue word says what is held of it",))
    number = relative(_of_amount(chain, state, orientation), orientation)
    condition = condition_in(chain)
    reasons = state.reasons
    if number == -2 and for_now(chain.anchor.sent):
        number, reasons = -1, (*reasons, "limited to the present")
    if condition and abs(number) == 2:
        number //= 2
        reasons = (*reasons, "holds only under a condition")
    return Reading(SCALE[number], condition, reasons, _score(state))


def _is_bidden(chain: Chain) -> bool:
    """ "Close them now!": said by whoever says it, a call to do so."""
    top = next((s.token for s in chain.steps if s.token.pos_ == "VERB"), None)
    return top is not None and is_imperative(top)


def relative(state: State, orientation: Orientation) -> int:
    """What is said of the object, as a number from -2 to 2 for the claim."""
    number = state.number * orientation.sign
    if orientation.strength == 1 and number > 0:
        return 2
    return number


def _score(state: State) -> float:
    """Surer the fewer words had to be put together."""
    if DEED in state.reasons:
        return 0.6
    return max(0.55, 1.0 - 0.07 * len(state.reasons))


def condition_in(chain: Chain) -> Span | None:
    """Return the words of a condition on what the chain says, if there are any."""
    for span, marker in conditions_in(chain.anchor.sent):
        if not _names_anchor(span, chain) and _belongs(span, chain, marker):
            return span
    return None


def conditions_in(sentence: Tokens) -> Iterator[tuple[Span, str]]:
    """Yield the words of each condition in ``sentence``, and by which word it begins."""
    text = sentence.text
    for match in CONDITION.finditer(text):
        before = text[: match.start()]
        if NO_CONDITION.search(before) or NO_ONCE.match(text, match.start()):
            continue
        if span := _clause(sentence, match):
            yield span, match.group()


def _clause(sentence: Tokens, match: re.Match[str]) -> Span | None:
    end = CLAUSE_END.search(sentence.text, match.end())
    stop = end.start() if end else len(sentence.text.rstrip())
    words = sentence.text[match.start() : stop].rstrip()
    if len(words) <= len(match.group()):
        return None
    start = sentence.start_char + match.start()
    return Span(start, start + len(words))


def _names_anchor(span: Span, chain: Chain) -> bool:
    return span.start <= chain.anchor.idx < span.end


def _belongs(span: Span, chain: Chain, marker: str) -> bool:
    """Whether the condition hangs on what the chain says, not on something else."""
    tokens = chain.anchor.doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or marker.casefold().startswith("only"):
        return tokens is not None
    climbed = {step.token.i for step in chain.steps}
    root = tokens.root
    if marker.casefold() == "without":
        return root.head.i in climbed and any(
            "negated" in reason for reason in chain.state.reasons
        )
    governors = {root.head.i, *(token.i for token in root.ancestors)}
    return bool(governors & climbed)


def is_part_of_claim(span: Span, anchor: Token, weights: dict[str, float]) -> bool:
    """Whether a condition only repeats what the claim itself supposes."""
    tokens = anchor.doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None:
        return False
    told = {c for found in concepts(tokens).values() for c in found if c not in GENERIC}
    return bool(told) and told <= set(weights)


def without_condition(reading: Reading) -> Reading:
    """Return ``reading`` as if its condition had not been said."""
    if reading.value is None or reading.condition is None:
        return reading
    number = NUMBERS[reading.value]
    stronger = SCALE[number * 2] if abs(number) == 1 else reading.value
    reasons = (*reading.reasons, "the condition is part of the claim")
    return Reading(stronger, None, reasons, reading.score)
