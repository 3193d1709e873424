"""The fields that the trained reader learns from, and how an epoch is drawn from them."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from extraction.interface import Value
from extraction.trained.network import FOLDER as DATA
from extraction.trained.windows import MARK_OF, SENTENCE
from training.examples import examples_of, texts_of
from training.fields import FOLDER, FieldError, read_field
from training.sampling import FOREIGN as OFTEN
from training.sampling import Drawn, Sampler, together
from training.wordings import FOLDER as WORDINGS
from training.wordings import reworded, versions_of, wordings_of

FIELD = """field: fish
actor: no | country | Norway | aliases: Oslo
actor: anna-holm | person | Anna Holm | office: Minister of Energy; no; minister; 2023-05-01;
claim: mining | Mining | Mining of the seabed should be allowed | phrases: seabed mining; nodules

=== fi-1 | en | 2025-03-04 | Oslo opens the seabed | Kari Nes
{{1: Norway will {{2: issue licences}} from May}}, Anna Holm said. It rained.
---
1: no mining support
2: anna-holm mining conditional_support optional
"""


def write(folder: Path, words: str = FIELD) -> Path:
    """Return a field file with those words."""
    path = folder / "fish.txt"
    path.write_text(words, encoding="utf-8")
    return path


def test_marks_become_offsets_of_the_text_without_marks(tmp_path: Path) -> None:
    found = read_field(write(tmp_path))
    (text,), (first, second) = found.texts, found.coded["fi-1"]
    assert text.text[slice(*first.evidence)] == "Norway will issue licences from May"
    assert text.text[slice(*second.evidence)] == "issue licences"
    assert (first.value, first.optional) == (Value.SUPPORT, False)
    assert (second.actor, second.optional) == ("anna-holm", True)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("1: no mining support", "1: sweden mining support"),
        ("1: no mining support", "3: no mining support"),
        ("1: no mining support", "1 no mining support"),
        ("from May}}", "from May"),
        ("| Kari Nes", ""),
        ("aliases: Oslo", "alias: Oslo"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, good: str, bad: str) -> None:
    with pytest.raises(FieldError):
        read_field(write(tmp_path, FIELD.replace(good, bad)))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda p: p.stem)
def test_every_field_can_be_read(path: Path) -> None:
    found = read_field(path)
    assert sum(map(len, found.coded.values())) >= 130


def test_other_wordings_turn_the_values_where_they_say_the_opposite(
    tmp_path: Path,
) -> None:
    field = read_field(write(tmp_path))
    (tmp_path / "fish.txt").write_text(
        "mining | opposite | Ban on mining | The seabed should be left alone\n"
    )
    other = reworded(field, wordings_of("fish", tmp_path), seed=1)
    assert [claim.proposition for claim in other.claims] == [
        "The seabed should be left alone"
    ]
    assert [one.value for one in other.coded["fi-1"]] == [
        Value.OPPOSE,
        Value.CONDITIONAL_OPPOSE,
    ]
    assert [one.value for one in field.coded["fi-1"]] == [
        Value.SUPPORT,
        Value.CONDITIONAL_SUPPORT,
    ]


def test_a_wording_is_the_same_or_the_opposite(tmp_path: Path) -> None:
    (tmp_path / "fish.txt").write_text("mining | other | Mining | Mining is fine\n")
    with pytest.raises(FieldError):
        wordings_of("fish", tmp_path)


def test_a_field_without_other_wordings_comes_once(tmp_path: Path) -> None:
    assert len(list(versions_of(read_field(write(tmp_path)), 3))) == 1


@pytest.mark.parametrize("path", sorted(WORDINGS.glob("*.txt")), ids=lambda p: p.stem)
def test_every_claim_of_a_field_has_four_other_wordings(path: Path) -> None:
    field = read_field(FOLDER / path.name)
    found = wordings_of(path.stem)
    assert set(found) == {claim.slug for claim in field.claims}
    for ones in found.values():
        assert sorted(one.opposite for one in ones) == [False, False, True, True]


def test_a_stance_labels_the_sentence_in_which_its_evidence_stands(
    tmp_path: Path,
) -> None:
    (example,) = examples_of([write(tmp_path)])
    assert example.labels == {
        ("no", "mining", 0): (Value.SUPPORT, False),
        ("anna-holm", "mining", 0): (Value.CONDITIONAL_SUPPORT, True),
    }


def test_an_epoch_holds_each_window_with_its_classes(tmp_path: Path) -> None:
    sampler = Sampler(examples_of([write(tmp_path)]), frozenset())
    for one in sampler.epoch(0):
        assert len(one.passage.pairs) == len(one.classes) == len(one.whether)
        assert any(one.classes)


def drills(sampler: Sampler) -> list[Drawn]:
    """Return what is drawn to learn values only, of as many epochs as it takes."""
    for _ in range(200):
        if found := [one for one in sampler.epoch(0) if not any(one.whether)]:
            return found
    raise AssertionError


def test_a_sentence_or_two_are_drawn_alone_for_the_value(tmp_path: Path) -> None:
    for one in drills(Sampler(examples_of([write(tmp_path)]), frozenset())):
        passage = one.passage
        assert passage.ids[passage.split] == SENTENCE
        marked = {passage.ids[pair.at] for pair in passage.pairs}
        assert marked <= set(MARK_OF.values())
        assert [bool(each) for each in one.which] == [bool(c) for c in one.classes]


def test_two_versions_of_a_text_are_one_with_the_claims_of_both(tmp_path: Path) -> None:
    field = read_field(write(tmp_path))
    (tmp_path / "fish.txt").write_text(
        "mining | opposite | Ban on mining | The seabed should be left alone\n"
    )
    other = reworded(field, wordings_of("fish", tmp_path), seed=1)
    versions = [*texts_of(field), *texts_of(other)]
    both = together(versions)
    assert set(both.claims) == {"mining", "mining again"}
    values = {both.labels["no", claim, 0][0] for claim in both.claims}
    assert values == {Value.SUPPORT, Value.OPPOSE}
    assert together(versions[:1]) == versions[0]


FOREIGN = """field: peche
actor: no | country | Norway | aliases: Oslo; Norvège
claim: mining | Mining | Mining of the seabed should be allowed | phrases: seabed mining

=== pe-1 | fr | 2025-03-04 | Oslo ouvre les fonds marins | Kari Nes
{{1: La Norvège veut ouvrir les fonds marins aux mines.}} Il pleuvait.
---
1: no mining support
"""


def test_a_french_text_is_given_in_english_and_drawn_more_often(tmp_path: Path) -> None:
    tokenizer = Tokenizer.from_file(str(DATA / "tokenizer.json"))
    (example,) = examples_of([write(tmp_path, FOREIGN)])
    assert example.labels == {("no", "mining", 0): (Value.SUPPORT, False)}
    read = tokenizer.decode(list(example.windows[0].ids))
    assert "norway wants open the" in read
    sampler = Sampler([example], frozenset())
    whole = [one for one in sampler.epoch(0) if any(one.whether)]
    assert len(whole) == OFTEN
