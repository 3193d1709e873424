"""The whole engine on short texts of three policy fields, in own words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.engine import RuleExtractor
from extraction.interface import Candidate, Document, KnownClaim, Value
from extraction.value import NUMBERS
from tests.unit.extraction.world import ACTORS, CLAIMS, PUBLISHED

STATED = [
    (
        "French Finance Minister Inès Moreau backs a wealth tax.",
        {"ines-moreau wealth-tax": 2},
    ),
    (
        "Inès Moreau, the French finance minister, ruled out a wealth tax on Tuesday.",
        {"ines-moreau wealth-tax": -2},
    ),
    (
        '"We will not introduce a wealth tax," Moreau told reporters in Oslo.',
        {"ines-moreau wealth-tax": -2},
    ),
    (
        "Inès Moreau said she would support a tax on large fortunes only if other countries joined.",
        {"ines-moreau wealth-tax": 1},
    ),
    (
        "Norway has no plans to introduce a wealth tax on billionaires.",
        {"no wealth-tax": -1},
    ),
    (
        "The Norwegian prime minister did not rule out a wealth tax.",
        {"karl-lindqvist wealth-tax": 1},
    ),
    (
        'Asked about a wealth tax, Karl Lindqvist said: "That would be a mistake."',
        {"karl-lindqvist wealth-tax": -2},
    ),
    (
        "Swiss President Anna Keller said it was too early to say whether a wealth tax would be introduced.",
        {"anna-keller wealth-tax": 0},
    ),
    (
        "A wealth tax is long overdue, according to the Spanish economist Jorge Sáez.",
        {"jorge-saez wealth-tax": 2},
    ),
    (
        '"Large fortunes must be taxed at last," said Jorge Sáez. "A tax on the super-rich would be fair."',
        {"jorge-saez wealth-tax": 2},
    ),
    ("Madrid wants a tax on large fortunes.", {"es wealth-tax": 2}),
    ("The Greens renewed their call for a wealth tax.", {"greens wealth-tax": 2}),
    (
        "Petra Lund wants a wealth tax, but Inès Moreau rejects it.",
        {"petra-lund wealth-tax": 2, "ines-moreau wealth-tax": -2},
    ),
    (
        "Inès Moreau remains firmly opposed to a wealth tax, her spokesman said.",
        {"ines-moreau wealth-tax": -2},
    ),
    (
        "Norway and Switzerland oppose a wealth tax.",
        {"no wealth-tax": -2, "ch wealth-tax": -2},
    ),
    (
        "Countries such as Norway and Switzerland reject a tax on large fortunes.",
        {"no wealth-tax": -2, "ch wealth-tax": -2},
    ),
    (
        "Inès Moreau wants to raise the inheritance tax.",
        {"ines-moreau inheritance-tax": 2},
    ),
    ("Norway will not raise its inheritance tax.", {"no inheritance-tax": -2}),
    (
        "Belgium has decided to extend the life of its nuclear plants.",
        {"be nuclear-exit": -2},
    ),
    (
        "The Belgian energy minister wants to phase out nuclear power by 2030.",
        {"pieter-vandamme nuclear-exit": 2},
    ),
    (
        "Pieter Vandamme said that abandoning nuclear power would be madness.",
        {"pieter-vandamme nuclear-exit": -2},
    ),
    (
        '"Nuclear power must remain part of the mix," Vandamme said.',
        {"pieter-vandamme nuclear-exit": -2},
    ),
    ("The Greens oppose nuclear power.", {"greens nuclear-exit": 2}),
    (
        "Petra Lund's party, the Green Alliance, insists on leaving nuclear power.",
        {"greens nuclear-exit": 2},
    ),
    ("Switzerland voted to phase out nuclear energy.", {"ch nuclear-exit": 2}),
    ("Berlin has rejected the nuclear phase-out.", {"de nuclear-exit": -2}),
    (
        "Poland plans to build new nuclear reactors with state aid.",
        {"pl new-reactors": 2},
    ),
    (
        "Petra Lund criticised subsidies for new reactors.",
        {"petra-lund new-reactors": -2},
    ),
    (
        "Anna Keller is open to the construction of new nuclear reactors.",
        {"anna-keller new-reactors": 1},
    ),
    ("Poland will close its border with Belarus.", {"pl border-closure": 2}),
    (
        '"We do not rule out closing the border with Belarus," said Polish Interior Minister Tomasz Zieliński.',
        {"tomasz-zielinski border-closure": 1},
    ),
    (
        "Zieliński called for the complete closure of the border with Belarus.",
        {"tomasz-zielinski border-closure": 2},
    ),
    (
        "Latvia opposes the closure of the border with Belarus.",
        {"lv border-closure": -2},
    ),
    (
        "The Latvian prime minister said the border crossings with Belarus would stay open.",
        {"maris-ozols border-closure": -2},
    ),
    (
        "Māris Ozols dismissed calls to close the frontier with Belarus.",
        {"maris-ozols border-closure": -2},
    ),
    (
        "Riga and Helsinki are considering closing the border with Belarus.",
        {"fi border-closure": 1, "lv border-closure": 1},
    ),
    (
        "Minsk condemned the closing of the Belarusian border by Poland.",
        {"by border-closure": -2},
    ),
    (
        "Latvia is building a fence along its border with Belarus.",
        {"lv border-fence": 2},
    ),
    (
        "Finland refuses to build a fence on the border with Belarus.",
        {"fi border-fence": -2},
    ),
    (
        "Latvia's prime minister Maris Ozols supports closing the border with Belarus, he said on Monday.",
        {"maris-ozols border-closure": 2},
    ),
    (
        "Ozols shares the Polish minister's view. Tomasz Zieliński demands that the border with Belarus be closed.",
        {"maris-ozols border-closure": 2, "tomasz-zielinski border-closure": 2},
    ),
    (
        "Inès Moreau met reporters on Monday. The minister said a wealth tax would drive away investors.",
        {"ines-moreau wealth-tax": -2},
    ),
    (
        "Inès Moreau denied that she had changed her mind: she still opposes a wealth tax.",
        {"ines-moreau wealth-tax": -2},
    ),
    ("Brussels is undecided on a wealth tax.", {"eu wealth-tax": 0}),
    (
        "The plan to leave nuclear power was rejected by Pieter Vandamme.",
        {"pieter-vandamme nuclear-exit": -2},
    ),
    (
        "Opposition from Belgium to a nuclear phase-out has grown.",
        {"be nuclear-exit": -2},
    ),
    (
        "Warsaw's refusal to close the border with Belarus surprised its neighbours.",
        {"pl border-closure": -2},
    ),
    (
        "Karl Lindqvist took office in 2020. He has promised to introduce a wealth tax.",
        {"karl-lindqvist wealth-tax": 2},
    ),
    (
        "Petra Lund leads the party. She is campaigning for a tax on millionaires' fortunes.",
        {"petra-lund wealth-tax": 2},
    ),
    ("The Nordic countries favour a wealth tax.", {"nordics wealth-tax": 2}),
    (
        "Ines Morreau, the French minister, is against a wealth tax.",
        {"ines-moreau wealth-tax": -2},
    ),
    (
        "France intends to subsidise new reactors, Inès Moreau's predecessor once wrote.",
        {"fr new-reactors": 2},
    ),
    ("Switzerland is sceptical about a wealth tax.", {"ch wealth-tax": -1}),
    (
        "“There will be no wealth tax while I am minister,” Inès Moreau said. “It is a dead end.”",
        {"ines-moreau wealth-tax": -2},
    ),
    (
        "Switzerland has not yet decided whether to phase out nuclear power.",
        {"ch nuclear-exit": 0},
    ),
    (
        "Latvia would close the border with Belarus only if Poland did so first.",
        {"lv border-closure": 1},
    ),
    (
        "Norway's government has again voted against a tax on large fortunes.",
        {"no wealth-tax": -2},
    ),
    (
        "The Norwegian government said it would introduce a tax on large fortunes next year.",
        {"no wealth-tax": 2},
    ),
    (
        "Belgium rejects state aid for new reactors but supports longer lives for old ones.",
        {"be new-reactors": -2},
    ),
    (
        "Jorge Sáez argues that a wealth tax is needed. He told the paper it should come soon.",
        {"jorge-saez wealth-tax": 2},
    ),
    (
        "There is no alternative to closing the border with Belarus, Zieliński said.",
        {"tomasz-zielinski border-closure": 2},
    ),
    (
        "Vandamme has doubts about the nuclear phase-out.",
        {"pieter-vandamme nuclear-exit": -1},
    ),
    (
        "Moreau could accept a wealth tax provided it is European.",
        {"ines-moreau wealth-tax": 1},
    ),
]
NOTHING = [
    "In Madrid, economists discussed a wealth tax for two days.",
    "The Madrid conference on a wealth tax ended on Friday.",
    "Critics in Norway reject a wealth tax.",
    "Norway's wealth tax raised two billion kroner last year.",
    "A report said Latvia would close the border with Belarus. The government in Riga denied the report.",
    "Should Poland close its border with Belarus? Nobody knows.",
    "Thousands crossed the border between Poland and Belarus last year.",
    "If Poland closed its border with Belarus, trade would suffer.",
    "The minister spoke about schools and hospitals.",
    "Inès Moreau supports a new tax on sugary drinks.",
]


def propose(text: str, published_on: date = PUBLISHED) -> list[Candidate]:
    """Return what the engine proposes for ``text``."""
    document = Document(text, published_on=published_on)
    return RuleExtractor().extract(document, ACTORS, CLAIMS)


def signs(found: list[Candidate]) -> dict[str, int]:
    """Map "actor claim" to -1, 0 or 1."""
    return {
        f"{one.actor} {one.claim}": _sign(NUMBERS[one.value])
        for one in found
        if one.value is not None
    }


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_who_is_for_and_who_is_against(text: str, expected: dict[str, int]) -> None:
    wanted = {key: _sign(number) for key, number in expected.items()}
    assert signs(propose(text)) == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_without_a_stance_gives_no_proposal(text: str) -> None:
    assert propose(text) == []


def test_the_holder_of_an_office_is_the_one_on_the_day() -> None:
    text = "The Norwegian prime minister rejected a wealth tax."
    assert [c.actor for c in propose(text)] == ["karl-lindqvist"]
    later = propose(text, date(2025, 6, 1))
    assert [c.actor for c in later] == ["sigrid-haugen"]


def test_a_person_speaks_for_whom_the_office_speaks() -> None:
    found = propose("Petra Lund wants a wealth tax.")
    assert [(c.actor, c.speaks_for) for c in found] == [("petra-lund", "greens")]


def test_the_words_of_a_condition_are_kept() -> None:
    text = "Moreau would support a wealth tax only if other countries joined."
    found = propose(text)
    assert [c.value for c in found] == [Value.CONDITIONAL_SUPPORT]
    condition = found[0].condition
    assert condition is not None
    assert condition.text(text) == "only if other countries joined"


def test_an_author_named_at_the_end_owns_a_bare_quoted_paragraph() -> None:
    text = (
        "A wealth tax on large fortunes: now or never?\n\n"
        "The summit was long.\n\n"
        "“Everything that helps the public purse must be welcomed.”\n\n"
        "About the author: Jorge Sáez, economist."
    )
    found = propose(text)
    assert [(c.actor, c.claim, c.value) for c in found] == [
        ("jorge-saez", "wealth-tax", Value.SUPPORT)
    ]


def test_sharing_a_view_takes_over_its_value() -> None:
    text = (
        "Pieter Vandamme rejects a wealth tax. There were those who shared the "
        "minister's view, including Norway and Switzerland."
    )
    assert signs(propose(text)) == {
        "pieter-vandamme wealth-tax": -1,
        "no wealth-tax": -1,
        "ch wealth-tax": -1,
    }


def test_a_report_denied_by_the_next_sentence_is_no_stance() -> None:
    text = "Norway wants a wealth tax, a paper wrote. Oslo denied the report."
    assert propose(text) == []


def test_what_was_once_held_is_no_stance() -> None:
    assert propose("Karl Lindqvist had once opposed a wealth tax.") == []


def test_a_candidate_says_why_and_how_surely() -> None:
    (found,) = propose("Inès Moreau rejects a wealth tax.")
    assert 0 < found.confidence <= 1
    assert any("Moreau" in reason for reason in found.reasons)
    assert any("rejects" in reason for reason in found.reasons)
    assert found.claim_guesses[0].slug == "wealth-tax"


def test_reading_a_text_twice_gives_the_same() -> None:
    text = "Norway backs a wealth tax. Switzerland rejects it."
    assert propose(text) == propose(text)


def test_an_empty_text_and_no_claims_give_nothing() -> None:
    assert propose("  \n ") == []
    assert RuleExtractor().extract(Document("Norway wants it."), ACTORS, []) == []


def test_a_claim_in_one_word_is_read_without_failing() -> None:
    claims = [KnownClaim("x", "Taxes", "Taxes")]
    found = RuleExtractor().extract(Document("Norway wants taxes."), ACTORS, claims)
    assert all(one.claim == "x" for one in found)


PIECES = st.sampled_from(
    [
        "Inès Moreau",
        "rejects",
        "a wealth tax",
        "“",
        "”",
        "said",
        "\n",
        ".",
        " ",
        "\U0001f600",
        "e\u0301",
        "\u2028",
        "only if",
        "\t",
        "Zieliński",
        "nuclear power",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=25))
def test_every_span_lies_in_the_text_and_holds_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for one in propose(text):
        spans = [*one.content, *one.cue, *one.source]
        spans += [one.condition] if one.condition else []
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
