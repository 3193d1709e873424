"""Headlines without a verb, or whose verb the parser takes for a noun."""

import pytest

from tests.unit.extraction.wider import signs

BODY = "\n\nIt rained."
HELD = [
    ("Vienna for rent cap, Athens against", {"at rent-cap": 1, "gr rent-cap": -1}),
    ("Vienna against rent cap", {"at rent-cap": -1}),
    ("Lisbon: no conscription for now", {"pt conscription": -1}),
    ("Lisbon not yet ready for conscription", {"pt conscription": -1}),
    ("Lisbon not yet for conscription", {"pt conscription": -1}),
    ("Klee: no cap on rents", {"otto-klee rent-cap": -1}),
    ("Berg: legalise cannabis now", {"mona-berg cannabis": 1}),
    ("No cap on rents, says Klee", {"otto-klee rent-cap": -1}),
    ("Yes to legal cannabis, says Vienna", {"at cannabis": 1}),
    ("Vienna no to rent cap, Athens yes", {"at rent-cap": -1, "gr rent-cap": 1}),
    (
        "Poland, Latvia oppose lifting of sanctions on Belarus",
        {"pl sanctions": -1, "lv sanctions": -1},
    ),
    ("Denmark to send soldiers to Ukraine", {"dk troops": 1}),
    ("Denmark not to send soldiers to Ukraine", {"dk troops": -1}),
    ("Copenhagen backs longer ban on phones in schools", {"dk phones": 1}),
    ("Oslo wary of legal cannabis", {"no cannabis": -1}),
    ("Oslo open to legal cannabis", {"no cannabis": 1}),
    (
        "Oslo to legalise cannabis, Copenhagen says no",
        {"no cannabis": 1, "dk cannabis": -1},
    ),
    ("Conscription a relic, says Dahl", {"bo-dahl conscription": -1}),
    ("Rent cap 'madness', says Klee", {"otto-klee rent-cap": -1}),
    ("Klee: rent cap is madness", {"otto-klee rent-cap": -1}),
    ("Moscow: soldiers in Ukraine unacceptable", {"ru troops": -1}),
    ("Red Left wants cannabis legal", {"left cannabis": 1}),
    ("Teachers' Union slams phones in schools", {"teachers phones": 1}),
    ("Norway split over conscription", {"no conscription": 0}),
]
NOT_HELD = [
    "The rent cap debate in Vienna: what you need to know",
    "Rent cap: Vienna waits",
    "Vienna, city of the rent cap",
    "Is Vienna for a rent cap?",
    "Five facts on conscription in Norway",
    "Soldiers in Ukraine: a letter from Lisbon",
]


@pytest.mark.parametrize(("headline", "expected"), HELD)
def test_a_headline_says_who_holds_what(
    headline: str, expected: dict[str, int]
) -> None:
    assert signs(headline + BODY) == expected


@pytest.mark.parametrize("headline", NOT_HELD)
def test_a_headline_that_only_names_a_claim_says_nothing(headline: str) -> None:
    assert signs(headline + BODY) == {}
