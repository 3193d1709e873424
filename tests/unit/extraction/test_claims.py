"""Which claim a passage is about, or none."""

import pytest

from extraction.claims import ClaimMatcher
from extraction.interface import KnownClaim
from extraction.parsing import load_model, parse
from extraction.profiles import object_of
from extraction.stems import stem
from extraction.terms import concepts
from tests.unit.extraction.world import CLAIMS

MATCHER = ClaimMatcher(load_model(), CLAIMS)


def claims_in(text: str, title: str = "") -> set[str]:
    """Return the claims that ``text`` is about."""
    return {anchor.claim for anchor in MATCHER.anchors(parse(text), title)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("They want a wealth tax.", "wealth-tax"),
        ("They want a levy on the super-rich.", "wealth-tax"),
        ("They want a higher inheritance tax.", "inheritance-tax"),
        ("They want to leave nuclear energy.", "nuclear-exit"),
        ("They want to shut down the atomic plants.", "nuclear-exit"),
        ("They want to subsidise new reactors.", "new-reactors"),
        ("They want to seal the frontier with Belarus.", "border-closure"),
        ("They want a fence along the border with Belarus.", "border-fence"),
    ],
)
def test_other_words_name_the_same_claim(text: str, claim: str) -> None:
    assert claims_in(text) == {claim}


@pytest.mark.parametrize(
    "text",
    [
        "They want a tax on sugar.",
        "They want new schools.",
        "They want to close the border with Sweden.",
        "They want to close the museum.",
    ],
)
def test_another_matter_names_no_claim(text: str) -> None:
    assert claims_in(text) == set()


def test_the_title_helps_a_short_passage() -> None:
    text = "They want to close the border."
    title = "Neighbours argue over Belarus"
    assert claims_in(text, title) == {"border-closure"}


def test_an_example_phrase_names_its_claim() -> None:
    claim = KnownClaim("duty", "Road pricing", "Drivers should pay", ("city toll",))
    matcher = ClaimMatcher(load_model(), [claim])
    found = matcher.anchors(parse("She wants a city toll."))
    assert {anchor.claim for anchor in found} == {"duty"}


def test_a_thing_of_the_place_itself_is_not_what_goes_there() -> None:
    claim = KnownClaim("t", "Troops for Mali", "Allies should send troops to Mali")
    matcher = ClaimMatcher(load_model(), [claim])
    assert matcher.anchors(parse("They want to send troops to Mali."))
    assert not matcher.anchors(parse("They met Malian troops."))


def test_a_thing_for_another_place_names_no_claim() -> None:
    claim = KnownClaim("t", "Troops for Mali", "Allies should send troops to Mali")
    matcher = ClaimMatcher(load_model(), [claim])
    assert not matcher.anchors(parse("They want to send troops to Chad."))


def test_an_anchor_says_which_words_named_the_claim() -> None:
    anchors = MATCHER.anchors(parse("They want a wealth tax."))
    assert all("wealth" in anchor.reasons[0] for anchor in anchors)
    assert all(0 < anchor.score <= 1 for anchor in anchors)


@pytest.mark.parametrize(
    ("proposition", "word"),
    [
        ("The state should introduce a wealth tax", "tax"),
        ("Nuclear power should be phased out", "power"),
        ("Allies should keep open the option of sending troops to Mali", "troops"),
        ("The EU should introduce a ban on flights", "flights"),
        ("Subsidies for coal should end by 2030", "Subsidies"),
    ],
)
def test_a_proposition_has_an_object(proposition: str, word: str) -> None:
    assert object_of(parse(proposition)).text == word


def test_a_short_form_means_what_the_long_form_meant() -> None:
    doc = parse("The nuclear plant is old. The plant must close.")
    second = [token for token in doc if token.text == "plant"][1]
    assert "reactor" in concepts(doc)[second.i]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Smartphones should be banned in schools", "They want handsets out of class."),
        ("Compulsory service should return", "They want to bring back the draft."),
        ("Cod quotas should be cut", "They want lower quotas for cod."),
        ("Cannabis should be sold legally", "They want to legalise the sale of weed."),
        ("Holiday lets should be forbidden", "They want to outlaw tourist apartments."),
        ("Bottom trawling should be banned", "They want a prohibition of trawlers."),
    ],
)
def test_general_vocabulary_of_many_fields_is_known(claim: str, text: str) -> None:
    matcher = ClaimMatcher(load_model(), [KnownClaim("c", "", claim)])
    assert matcher.anchors(parse(text))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("legalise", "legalisation"),
        ("drilling", "drill"),
        ("cultivation", "cultivate"),
        ("capped", "cap"),
        ("exporter", "export"),
    ],
)
def test_words_of_one_family_have_one_stem(first: str, second: str) -> None:
    assert stem(first) == stem(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("police", "policy"), ("party", "part"), ("winter", "wint"), ("power", "pow")],
)
def test_words_that_only_look_alike_keep_their_own_stem(
    first: str, second: str
) -> None:
    assert stem(first) != stem(second)


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("Nothing should be struck from the list.", "struck"),
        ("They hold talks on Monday.", "hold"),
        ("The plan is on the table.", "table"),
    ],
)
def test_an_idiom_names_nothing(text: str, silent: str) -> None:
    doc = parse(text)
    assert all(doc[position].text != silent for position in concepts(doc))


def test_the_return_of_something_is_no_deportation() -> None:
    claims = [
        KnownClaim(
            "draft", "Return of conscription", "The draft should be brought back"
        ),
        KnownClaim("removal", "Deportations", "Rejected migrants should be deported"),
    ]
    found = ClaimMatcher(load_model(), claims).anchors(
        parse("They oppose the return of national service.")
    )
    assert {anchor.claim for anchor in found} == {"draft"}
