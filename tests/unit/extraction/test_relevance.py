"""Which claims the network is asked about in a window."""

import pytest

from extraction.interface import KnownClaim, Value
from extraction.trained.facts import Facts, distance
from extraction.trained.likeness import Likeness
from extraction.trained.network import network
from extraction.trained.relevance import MOST, Relevance, asked
from extraction.trained.windows import Window, claim_ids

CLAIMS = {
    "ferries": "Ferries to the islands should be run by the state",
    "fares": "Fares on trams and buses should be abolished",
    "wolves": "Wolves that attack sheep should be shot",
    "casinos": "Casinos should be closed",
    "vaccines": "Vaccines against measles should be compulsory",
}
NOTHING_READ = Facts({}, {})


def ids(words: str) -> list[int]:
    """Return the ids of ``words``."""
    return network().encode(words)


def window(words: str, first: int = 0, last: int = 0) -> Window:
    """Return a window of ``words`` in which nobody is marked."""
    return Window(tuple(ids(words)), (), first, last)


def claims() -> dict[str, list[int]]:
    """Return the ids of the claims."""
    return {
        slug: claim_ids(KnownClaim(slug, slug, text), network().encode)
        for slug, text in CLAIMS.items()
    }


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("A boat to each isle, owned by the government", "ferries"),
        ("Nobody ought to pay for a ticket on the tramway", "fares"),
        ("The pack has killed forty lambs", "wolves"),
        ("An end to gambling halls", "casinos"),
        ("Every child would have to be immunised", "vaccines"),
    ],
)
def test_a_window_is_likest_the_claim_that_it_means_in_other_words(
    words: str, slug: str
) -> None:
    shares = Likeness(claims()).of(ids(words))
    assert max(shares, key=lambda one: shares[one]) == slug


def test_the_same_words_are_all_there_and_no_words_are_nothing() -> None:
    likeness = Likeness(claims())
    assert likeness.of(ids(CLAIMS["wolves"]))["wolves"] == pytest.approx(1, abs=1e-5)
    assert set(likeness.of([]).values()) == {0.0}
    assert set(likeness.of(ids("of the and which")).values()) == {0.0}


def test_a_claim_of_nothing_but_common_words_is_like_nothing() -> None:
    assert Likeness({"it": ids("to be or not to be")}).of(ids("wolves")) == {"it": 0.0}


def test_what_is_about_something_else_is_not_asked_about() -> None:
    relevance = Relevance(NOTHING_READ, claims())
    words = "The orchestra from Vienna played two symphonies on Friday evening."
    assert relevance.claims(window(words)) == []


def test_where_the_rules_read_a_stance_its_claim_comes_first() -> None:
    read = Facts({"casinos": [(3, False)]}, {("no", "casinos", 3): (Value.OPPOSE, 0.5)})
    words = "Norway would rather keep them."
    assert Relevance(read, claims()).claims(window(words, 3, 3)) == ["casinos"]
    assert Relevance(NOTHING_READ, claims()).claims(window(words, 3, 3)) == []


def test_a_claim_named_nearer_is_likelier() -> None:
    facts = Facts({"casinos": [(2, False)], "ferries": [(9, True)]}, {})
    scores = Relevance(facts, claims()).scores(window("They said no.", 3, 4))
    assert list(scores)[:2] == ["casinos", "ferries"]
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


def test_only_the_likeliest_claims_are_asked_about() -> None:
    assert asked(dict.fromkeys("abcdefgh", 9.0)) == list("abcdefgh")[:MOST]


@pytest.mark.parametrize(
    ("places", "far"),
    [([], float("inf")), ([5], 0), ([3], 1), ([1, 9], 3), ([0, 7, 20], 1)],
)
def test_how_far_the_nearest_place_is(places: list[int], far: float) -> None:
    assert distance(places, 4, 6) == far
