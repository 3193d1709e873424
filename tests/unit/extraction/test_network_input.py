"""What the network is given: windows over the whole text, and pairs that see one claim."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.engine import RuleExtractor
from extraction.interface import Document, Value
from extraction.trained.english import EnglishUnits
from extraction.trained.extractor import (
    LONGEST_CLAIMS,
    fitting,
    pairs_of,
    passage_of,
)
from extraction.trained.facts import (
    COUNT,
    KNOWN,
    NAMED,
    NEAR,
    VALUES,
    Facts,
    any_between,
)
from extraction.trained.network import Pair, Passage, arrays, network
from extraction.trained.units import How, Units
from extraction.trained.windows import (
    CLAIM_LENGTH,
    FIRST_WORD,
    MARK_OF,
    Window,
    claim_ids,
    windows_of,
)
from tests.unit.extraction.world import ACTORS, CLAIMS, PUBLISHED

PLACES = 512  # positions of the network
ENCODE = network().encode
LONG = "Norway has spoken of the tax again, at some length. " * 40


def windows(text: str) -> tuple[list[Window], Units]:
    """Return the windows of ``text`` and its units."""
    reading = RuleExtractor().reading(
        Document(text, published_on=PUBLISHED), ACTORS, CLAIMS
    )
    units = EnglishUnits(reading)
    return windows_of(units, ENCODE), units


def test_every_sentence_with_a_holder_stands_in_one_window() -> None:
    found, units = windows(LONG)
    covered = [n for one in found for n in range(one.first, one.last + 1)]
    assert covered == list(range(len(units.spans)))


def test_a_window_is_never_longer_than_the_network_can_read() -> None:
    found, _ = windows("Norway " + "wants and wants " * 400 + ".")
    longest = max(len(one.ids) for one in found)
    assert longest + LONGEST_CLAIMS + 3 <= PLACES


def test_each_mark_stands_where_its_holder_does() -> None:
    found, units = windows("Norway agreed. Inès Moreau did not. She left.")
    for window in found:
        for mark in window.marks:
            assert window.ids[mark.at] == MARK_OF[mark.holder.how]
            assert mark.holder in units.of(mark.sentence)


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_has_ids_of_marks(before: str, after: str) -> None:
    assert all(one >= FIRST_WORD for one in ENCODE(before + "[unused5]" + after))


def test_a_claim_is_read_as_its_proposition_and_phrases() -> None:
    ids = claim_ids(CLAIMS[0], ENCODE)
    assert len(ids) <= CLAIM_LENGTH + 1
    assert ids[1:5] == ENCODE(CLAIMS[0].proposition)[:4]


def passage() -> Passage:
    """Return two claims of two ids each, a window of three, and a pair for each claim."""
    belongs = [0, 1, 1, 2, 2, 0, 0, 0, 0, 0]
    facts = [0.0] * COUNT
    pairs = [Pair(40, 7, 1, facts), Pair(41, 7, 2, facts)]
    return Passage(list(range(1000, 1010)), belongs, 6, pairs)


def test_a_pair_sees_the_window_and_its_own_claim_only() -> None:
    first, second = arrays([passage()])["seen"][0] == 0
    assert list(first) == [True, True, True, False, False, *[True] * 5]
    assert list(second) == [True, False, False, True, True, *[True] * 5]


def test_a_pair_has_the_place_of_its_holder() -> None:
    place = arrays([passage()])["place"][0]
    assert list(place[10:]) == [7, 7]


def test_a_pair_is_judged_with_its_holder_and_its_claim() -> None:
    given = arrays([passage()])
    assert list(given["marked"][0]) == [1, 3, 7]  # both claims, the holder
    assert given["pairs"].tolist() == [[3, 2, 0], [4, 2, 1]]


def test_passages_of_several_lengths_are_filled_up() -> None:
    short = Passage([1, 2, 3], [0, 1, 0], 2, [Pair(40, 2, 1, [0.0] * COUNT)])
    given = arrays([short, passage()])
    assert given["ids"][0].tolist() == [1, 2, 3, *[0] * 7, 40, 0]
    assert list(given["seen"][0][0] == 0) == [True] * 3 + [False] * 7
    assert not (given["seen"][0][1] == 0).any()
    assert given["marked"].tolist() == [[1, 2, 0], [1, 3, 7]]
    assert given["pairs"].tolist() == [[3, 1, 0], [8, 7, 5], [9, 7, 6]]


def test_facts_of_several_sentences_are_found_by_their_numbers() -> None:
    anchors = {"tax": [(7, True), (2, False), (4, False)]}
    facts = Facts(anchors, {("no", "tax", 4): (Value.SUPPORT, 0.5)})
    assert (facts.named, facts.hinted) == ({"tax": [2, 4]}, {"tax": [7]})
    assert facts.read_at == {"tax": [4]}
    assert facts.of("no", "tax", 3)[NEAR] == 1 / 2
    assert facts.of("no", "tax", 1)[NEAR] == 1 / 10
    assert [any_between([2, 4], n, n + 1) for n in (0, 1, 4, 5)] == [0, 1, 1, 0]


def test_a_passage_without_pairs_has_no_answer() -> None:
    empty = Passage([101, 102], [0, 0], 1, [])
    assert network().probabilities(empty).shape == (0, 6)


def test_the_facts_say_what_the_rules_read_and_how_near_the_claim_was_named() -> None:
    facts = Facts({"tax": [(3, False)]}, {("no", "tax", 3): (Value.SUPPORT, 0.5)})
    here, later = facts.of("no", "tax", 3), facts.of("no", "tax", 5)
    assert (here[NAMED], here[KNOWN], here[VALUES + 4]) == (1.0, 1.0, 1.0)
    assert (later[NAMED], later[NEAR]) == (0.0, 1 / 3)
    assert (facts.read("no", "tax", 3), facts.read("no", "tax", 5)) == (5, 0)


def test_a_passage_asks_about_every_holder_on_every_claim() -> None:
    found, _ = windows("Norway agreed. Inès Moreau did not.")
    claims = [claim.slug for claim in CLAIMS[:2]]
    ids = {claim.slug: claim_ids(claim, ENCODE) for claim in CLAIMS}
    asked = passage_of(found[0], claims, ids, Facts({}, {}))
    assert len(asked.pairs) == len(list(pairs_of(found[0], claims)))
    assert {pair.claim for pair in asked.pairs} == {1, 2}
    assert all(asked.ids[pair.at] in MARK_OF.values() for pair in asked.pairs)
    assert set(MARK_OF) == set(How)


def test_of_many_long_claims_only_as_many_are_asked_about_as_the_network_can_read() -> (
    None
):
    ids = {str(n): [24] * 57 for n in range(9)}
    assert fitting(list(ids), ids) == ["0", "1", "2", "3"]
