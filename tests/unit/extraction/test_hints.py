"""Words that mean the claim under discussion, or one that no other claim has."""

import pytest

from extraction.claims import ClaimMatcher
from extraction.hints import Hints
from extraction.interface import KnownClaim
from extraction.parsing import load_model, parse
from extraction.topics import Topics

CLAIMS = [
    KnownClaim(
        "phones", "Phones out of school", "Smartphones should be banned in schools"
    ),
    KnownClaim(
        "trawling", "A ban on trawling", "Bottom trawling should be banned at sea"
    ),
    KnownClaim("rents", "A rent cap", "Rents should be capped in large cities"),
    KnownClaim(
        "force", "A force after a ceasefire", "Allies should deploy a force in Mali"
    ),
    KnownClaim("pay", "Higher pay for teachers", "Teachers' salaries should be raised"),
]
MATCHER = ClaimMatcher(load_model(), CLAIMS)


def hints(text: str, title: str = "") -> set[tuple[str, str]]:
    """Return the words of ``text`` that hint at a claim, with the claim."""
    doc = parse(text)
    topics = Topics(doc, MATCHER.anchors(doc, title))
    titled = MATCHER.titled(title)
    found = Hints(doc, topics, MATCHER.profiles, MATCHER.wordings, titled).anchors()
    return {(anchor.token.text, anchor.claim) for anchor in found}


@pytest.mark.parametrize(
    ("before", "claim"),
    [
        ("The council discussed smartphones in schools.", "phones"),
        ("The council discussed handsets in the classroom.", "phones"),
    ],
)
def test_a_bare_word_means_the_claim_that_was_spoken_of(
    before: str, claim: str
) -> None:
    assert ("ban", claim) in hints(f"{before} Denmark supports a ban.")


def test_a_bare_word_means_what_the_title_names() -> None:
    found = hints("Denmark supports a ban.", "Smartphones in schools divide ministers")
    assert ("ban", "phones") in found


def test_a_word_that_one_claim_alone_has_names_it() -> None:
    assert hints("Denmark wants to cap what landlords ask.") == {("cap", "rents")}


@pytest.mark.parametrize(
    "text",
    [
        "The council discussed smartphones in schools. Denmark supports a smoking ban.",
        "The council discussed smartphones in schools. Denmark will ban fireworks.",
        "The teachers' union met on Monday.",
        "Denmark supports a ban.",
    ],
)
def test_another_thing_or_a_speaker_hints_at_nothing(text: str) -> None:
    assert not {word for word, _ in hints(text)} & {"ban", "teachers"}
