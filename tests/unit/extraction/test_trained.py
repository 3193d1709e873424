"""The offline engine as a whole: what the trained reader keeps, turns and adds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.engine import RuleExtractor
from extraction.interface import (
    Candidate,
    Document,
    Guess,
    KnownActor,
    KnownClaim,
    Span,
    Value,
)
from extraction.names.resolved import Resolved
from extraction.trained.english import EnglishText, EnglishUnits
from extraction.trained.extractor import (
    LEAST,
    TrainedExtractor,
    outdone,
    passage_of,
    readings,
)
from extraction.trained.facts import Facts
from extraction.trained.judged import Judged
from extraction.trained.network import Network, Passage, Probabilities, network
from extraction.trained.units import Holder, How
from extraction.trained.windows import Window, claim_ids, windows_of
from extraction.value import NUMBERS
from tests.unit.extraction.world import ACTORS, CLAIMS, PUBLISHED


def propose(text: str, *, title: str = "", language: str = "en") -> list[Candidate]:
    """Return what the offline engine proposes for ``text``."""
    document = Document(text, title=title, language=language, published_on=PUBLISHED)
    return TrainedExtractor().extract(document, ACTORS, CLAIMS)


def signs(text: str) -> dict[str, int]:
    """Return the sign of each proposal by actor and claim."""
    return {
        f"{one.actor} {one.claim}": (NUMBERS[one.value] > 0) - (NUMBERS[one.value] < 0)
        for one in propose(text)
        if one.value is not None
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway supports a wealth tax.", {"no wealth-tax": 1}),
        ("Norway opposes a wealth tax.", {"no wealth-tax": -1}),
        ("Finland rejected a wealth tax on Monday.", {"fi wealth-tax": -1}),
        ("Spain called for a wealth tax.", {"es wealth-tax": 1}),
    ],
)
def test_plain_words_are_read_as_the_rules_read_them(
    text: str, expected: dict[str, int]
) -> None:
    assert signs(text) == expected


def test_texts_about_something_else_give_nothing() -> None:
    text = "Norway won the match in Oslo on Monday. Spain came second, and Inès Moreau sang."
    assert propose(text) == []


def test_the_confidence_is_how_likely_the_sign_is() -> None:
    text = "Norway supports a wealth tax. Spain does not. Finland is still thinking it over."
    found = propose(text)
    assert found
    assert all(one.features["sure_reader"] == one.confidence for one in found)


def judged(*odds: float) -> Judged:
    """Return a judgement with those probabilities: no stance, then the values in order."""
    speaker = Resolved(Span(0, 6), (Guess("no", 1.0),))
    holder = Holder(speaker, 0, How.NAMED)
    return Judged(holder, "wealth-tax", 0, np.array(odds, np.float32))


def test_what_the_rules_read_counts_less_surely_than_what_they_cannot() -> None:
    one = judged(0.55, 0.2, 0.05, 0.05, 0.1, 0.05)
    assert one.value is Value.OPPOSE
    assert one.sureness == pytest.approx(0.25)
    assert EnglishText.least_read <= one.stance < 1
    assert one.sureness < LEAST


@pytest.mark.parametrize(
    ("odds", "read", "value"),
    [
        ((0.1, 0.4, 0.05, 0.05, 0.1, 0.3), Value.SUPPORT, Value.SUPPORT),
        ((0.1, 0.7, 0.05, 0.05, 0.05, 0.05), Value.SUPPORT, Value.OPPOSE),
        ((0.1, 0.1, 0.65, 0.05, 0.05, 0.05), Value.AMBIGUOUS, Value.CONDITIONAL_OPPOSE),
        ((0.0, 0.9, 0.1, 0.0, 0.0, 0.0), Value.CONDITIONAL_OPPOSE, None),
    ],
)
def test_the_rules_are_overruled_only_where_another_sign_is_likely(
    odds: tuple[float, ...], read: Value, value: Value | None
) -> None:
    assert judged(*odds).ruling(read) is (value or read)


@pytest.mark.parametrize(
    ("odds", "doubtful"),
    [
        ((0.5, 0.25, 0.0, 0.0, 0.0, 0.25), True),
        ((0.5, 0.45, 0.0, 0.0, 0.0, 0.05), False),
        ((0.9, 0.05, 0.0, 0.0, 0.0, 0.05), False),
    ],
)
def test_a_sign_is_in_doubt_only_where_there_may_be_a_stance(
    odds: tuple[float, ...], doubtful: bool
) -> None:
    assert judged(*odds).doubtful is doubtful


def test_a_second_reading_says_which_value_not_whether_there_is_one() -> None:
    first = judged(0.5, 0.25, 0.0, 0.0, 0.0, 0.25)
    both = first.averaged(judged(0.1, 0.09, 0.0, 0.0, 0.0, 0.81))
    assert both.stance == pytest.approx(first.stance)
    assert both.value is Value.SUPPORT
    assert both.likely(Value.SUPPORT) == pytest.approx(0.5 * 0.75)


TORN, SURE = (0.2, 0.4, 0.0, 0.0, 0.0, 0.4), (0.2, 0.8, 0.0, 0.0, 0.0, 0.0)


class Answering(Network):
    """Answers always the same; remembers how many claims each passage had."""

    def __init__(self, odds: tuple[float, ...]) -> None:
        self.odds = odds
        self.asked: list[int] = []

    def probabilities(self, passage: Passage) -> Probabilities:
        """Return the same odds for every pair."""
        self.asked.append(max(passage.claims))
        return np.array([self.odds] * len(passage.pairs), np.float32)


@pytest.mark.parametrize(
    ("odds", "claims", "asked"),
    [
        (SURE, ["wealth-tax", "nuclear-exit"], [2]),
        (TORN, ["wealth-tax", "nuclear-exit"], [2, 1, 1]),
        (TORN, ["wealth-tax"], [1]),
    ],
)
def test_a_claim_is_asked_about_again_alone_where_its_sign_is_in_doubt(
    odds: tuple[float, ...], claims: list[str], asked: list[int]
) -> None:
    reading = RuleExtractor().reading(
        Document("Norway supports a wealth tax.", published_on=PUBLISHED),
        ACTORS,
        CLAIMS,
    )
    encode = network().encode
    (window,) = windows_of(EnglishUnits(reading), encode)
    known = {claim.slug: claim for claim in CLAIMS}
    ids = {slug: claim_ids(known[slug], encode) for slug in claims}

    def passage(one: Window, some: list[str]) -> Passage:
        return passage_of(one, some, ids, Facts({}, {}))

    reader = Answering(odds)
    found = list(readings(window, claims, passage, reader))
    assert reader.asked == asked
    assert {one.claim for one in found} == set(claims)


def test_the_reasons_say_that_the_trained_reader_was_asked() -> None:
    (found,) = propose("Norway supports a wealth tax.")
    assert any("trained reader" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Norwegen lehnt eine Vermögensteuer ab.", ("no", Value.OPPOSE)),
        ("de", "Spanien will eine Vermögensteuer einführen.", ("es", Value.SUPPORT)),
        ("fr", "La Norvège rejette un impôt sur la fortune.", ("no", Value.OPPOSE)),
        ("fr", "L'Espagne réclame un impôt sur la fortune.", ("es", Value.SUPPORT)),
    ],
)
def test_french_and_german_are_read_by_the_same_network(
    language: str, text: str, expected: tuple[str, Value]
) -> None:
    found = [
        one for one in propose(text, language=language) if one.claim == "wealth-tax"
    ]
    assert [(one.actor, one.value) for one in found] == [expected]
    assert all("sure_reader" in one.features for one in found)


@pytest.mark.parametrize("engine", [RuleExtractor(), TrainedExtractor()])
@pytest.mark.parametrize(
    "claims",
    [
        (
            "Die Laufzeit der Kernkraftwerke in Norwegen soll verlängert werden",
            "Eine Vermögensteuer sollte eingeführt werden",
        ),
        (
            "La durée de vie des centrales nucléaires doit être prolongée",
            "L'impôt sur la fortune doit être rétabli",
        ),
    ],
    ids=["German", "French"],
)
def test_english_texts_are_read_on_claims_worded_in_french_or_german(
    claims: tuple[str, str], engine: RuleExtractor | TrainedExtractor
) -> None:
    text = (
        "Emma Frank said that she opposes any extension of the lifetime of Norway's nuclear power plants. "
        "Ola Noor backs longer lifetimes for the nuclear power plants.\n\nFrank rejected a wealth tax."
    )
    known = [
        KnownClaim(slug, words, words)
        for slug, words in zip(("atom", "tax"), claims, strict=True)
    ]
    actors = [
        KnownActor(slug, "person", name)
        for slug, name in (("frank", "Emma Frank"), ("noor", "Ola Noor"))
    ]
    found = {
        (one.actor, one.claim): one.value
        for one in engine.extract(Document(text), actors, known)
    }
    assert found[("frank", "atom")] is found[("frank", "tax")] is Value.OPPOSE
    assert found[("noor", "atom")] is Value.SUPPORT


def test_other_languages_are_left_to_other_engines() -> None:
    assert propose("Норвегія проти податку на багатство.", language="uk") == []


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_evidence_is_always_the_words_of_the_text(noise: str) -> None:
    text = f"{noise} Norway backs a wealth tax. {noise}\n\n“Never,” said Inès Moreau. {noise}"
    for one in propose(text):
        for span in (*one.places, *one.source, *one.cue):
            assert 0 <= span.start < span.end <= len(text)
            assert span.text(text).strip()


@pytest.mark.parametrize(
    ("read", "anchors", "sure", "gone"),
    [
        (True, {}, 0.9, True),
        (True, {}, 0.5, False),
        (False, {}, 0.9, False),
        (True, {"wealth-tax": [(0, True)]}, 0.9, False),
    ],
)
def test_a_claim_that_nothing_names_is_outdone_by_one_that_the_rules_read(
    read: bool, anchors: dict[str, list[tuple[int, bool]]], sure: float, gone: bool
) -> None:
    one = judged(0.1, 0.9, 0.0, 0.0, 0.0, 0.0)
    other = replace(judged(1 - sure, sure, 0.0, 0.0, 0.0, 0.0), claim="inheritance-tax")
    values = {other.key: (Value.OPPOSE, 0.5)} if read else {}
    assert outdone(one, [one, other], Facts(anchors, values)) is gone
