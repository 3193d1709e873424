"""Names in texts become actors, or stay unknown."""

from datetime import date

import pytest

from extraction.interface import Document, KnownActor, Name, Office, Span
from extraction.names.gazetteer import Gazetteer, surname_keys
from extraction.names.genders import gender_of
from extraction.names.offices import office_in, office_on
from extraction.names.resolved import speaks_for
from extraction.names.resolver import Resolver
from extraction.names.words import fold, words_of
from extraction.parsing import parse
from tests.unit.extraction.world import ACTORS, PUBLISHED, country, person


def resolver(
    text: str,
    actors: list[KnownActor] | None = None,
    *,
    author: str = "",
    on: date = PUBLISHED,
) -> Resolver:
    """Return a resolver of ``text``."""
    document = Document(text, author=author, published_on=on)
    return Resolver(document, parse(text), Gazetteer(actors or ACTORS))


def who(text: str, source: str, actors: list[KnownActor] | None = None) -> list[str]:
    """Return the slugs that the words ``source`` of ``text`` mean."""
    start = text.index(source)
    found = resolver(text, actors).resolve((Span(start, start + len(source)),))
    return [speaker.slug for speaker in found]


@pytest.mark.parametrize(
    ("text", "source", "slugs"),
    [
        ("Inès Moreau spoke on Monday.", "Inès Moreau", ["ines-moreau"]),
        ("Ines Moreau spoke on Monday.", "Ines Moreau", ["ines-moreau"]),
        ("President Keller said no.", "President Keller", ["anna-keller"]),
        (
            "The French finance minister said no.",
            "The French finance minister",
            ["ines-moreau"],
        ),
        (
            "Belgium's energy minister said no.",
            "Belgium's energy minister",
            ["pieter-vandamme"],
        ),
        (
            "The president of Switzerland said no.",
            "The president of Switzerland",
            ["anna-keller"],
        ),
        ("The Polish government said no.", "The Polish government", ["pl"]),
        ("Warsaw said no.", "Warsaw", ["pl"]),
        (
            "Norway, Latvia and Finland said no.",
            "Norway, Latvia and Finland",
            ["no", "lv", "fi"],
        ),
        ("Countries such as Norway and Spain said no.", "Countries", ["no", "es"]),
        ("The Nordics said no.", "The Nordics", ["nordics"]),
        (
            "A spokesman for the Green Alliance said no.",
            "A spokesman for the Green Alliance",
            ["greens"],
        ),
    ],
)
def test_a_source_is_resolved(text: str, source: str, slugs: list[str]) -> None:
    assert who(text, source) == slugs


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Jill Keller said no.", "Jill Keller"),
        ("Voters in Norway said no.", "Voters in Norway"),
        ("Most of Norway's allies said no.", "Most of Norway's allies"),
        (
            "The former Norwegian prime minister said no.",
            "The former Norwegian prime minister",
        ),
        ("French analysts said no.", "French analysts"),
    ],
)
def test_somebody_else_stays_unknown(text: str, source: str) -> None:
    assert [slug for slug in who(text, source) if slug] == []


def test_a_pronoun_means_the_last_person_it_fits() -> None:
    text = "Inès Moreau met Karl Lindqvist in Oslo. She said that no tax would come."
    assert who(text, "She") == ["ines-moreau"]
    assert who(text.replace("She", "He"), "He") == ["karl-lindqvist"]


def test_a_relative_pronoun_means_its_noun() -> None:
    text = "The letter came from Petra Lund, who rejected the plan."
    assert who(text, "who") == ["petra-lund"]


def test_a_bare_office_means_its_last_mentioned_holder() -> None:
    text = "Pieter Vandamme came late. The minister said no."
    assert who(text, "The minister") == ["pieter-vandamme"]


def test_a_misspelt_name_is_bounded() -> None:
    assert who("Pieter Vandame said no.", "Pieter Vandame") == ["pieter-vandamme"]
    assert who("Pieter Vandenberg said no.", "Pieter Vandenberg") != ["pieter-vandamme"]
    assert who("Carl Zielonka said no.", "Carl Zielonka") != ["tomasz-zielinski"]


def test_two_persons_of_one_surname_stay_undecided_until_one_is_named() -> None:
    actors = [person("eva-holt", "Eva Holt"), person("jan-holt", "Jan Holt")]
    assert who("Holt said no.", "Holt", actors) == [""]
    text = "Eva Holt came late. Holt said no."
    start = text.index("Holt said")
    found = resolver(text, actors).resolve((Span(start, start + 4),))
    assert [speaker.slug for speaker in found] == ["eva-holt"]


def test_an_undecided_name_keeps_its_guesses_with_reasons() -> None:
    actors = [person("eva-holt", "Eva Holt"), person("jan-holt", "Jan Holt")]
    (found,) = resolver("Holt said no.", actors).resolve((Span(0, 4),))
    assert {guess.slug for guess in found.guesses} == {"eva-holt", "jan-holt"}
    assert all(guess.reasons for guess in found.guesses)


def test_a_short_upper_case_alias_is_no_common_word() -> None:
    actors = [country("us", "United States", "US")]
    assert who("The US said no.", "The US", actors) == ["us"]
    assert who("They told us so.", "us", actors) == []


def test_the_author_comes_from_the_byline_or_the_foot() -> None:
    foot = resolver("We must act.\n\nAbout the author: Petra Lund, politician.")
    assert foot.author is not None
    assert foot.author.slug == "petra-lund"
    byline = resolver("We must act.", author="Jorge Sáez")
    assert byline.author is not None
    assert byline.author.slug == "jorge-saez"
    assert resolver("We must act.", author="Staff writer").author is None


def test_an_office_ends_the_day_before_its_end() -> None:
    office = Office("no", "Mayor", "official", date(2020, 1, 1), date(2021, 1, 1))
    actor = person("x", "Xenia Berg", office)
    assert office_on(actor, date(2020, 12, 31)) is office
    assert office_on(actor, date(2021, 1, 1)) is None


def test_whom_a_person_speaks_for_changes_with_the_day() -> None:
    actor = person(
        "x",
        "Xenia Berg",
        Office(
            "no",
            "Prime minister",
            "head_of_government",
            date(2019, 1, 1),
            date(2022, 1, 1),
        ),
        Office("eu", "Commissioner", "head_of_organisation", date(2022, 1, 1)),
    )
    assert speaks_for(actor, Document("", published_on=date(2021, 5, 1))) == "no"
    assert speaks_for(actor, Document("", published_on=date(2023, 5, 1))) == "eu"


def test_offices_meet_whatever_they_are_called() -> None:
    assert office_in("Secretary of Defense") == office_in("Defence minister")
    assert office_in("premier") == office_in("Prime minister")
    assert office_in("Grand vizier") == "grand vizier"


def test_names_are_folded_and_cut_without_moving_offsets() -> None:
    text = "Māris's Zieliński, U.S."
    assert [word.raw for word in words_of(text)] == ["Māris", "s", "Zieliński", "U.S."]
    assert all(text[word.start : word.end] == word.raw for word in words_of(text))
    assert fold("Øre Łódź") == "ore lodz"


def test_surnames_keep_their_particles() -> None:
    assert surname_keys("Ursula von der Leyen") == [("von", "der", "leyen")]
    assert ("saez",) in surname_keys("Jorge Sáez")
    assert surname_keys("Plato") == []


def test_first_names_tell_the_pronoun_where_they_can() -> None:
    assert (gender_of("Inès"), gender_of("Karl"), gender_of("Xyr")) == ("f", "m", "")


def test_a_metonym_alias_needs_no_kind() -> None:
    actor = KnownActor("se", "country", "Sweden", (Name("Rosenbad"),))
    assert who("Rosenbad said no.", "Rosenbad", [actor]) == ["se"]


def test_a_text_may_end_with_the_beginning_of_a_longer_name() -> None:
    party = KnownActor(
        "free-wales", "organisation", "Free Wales Party", (Name("Free Wales"),)
    )

    assert who("It is backed by Free Wales", "Free Wales", [party]) == ["free-wales"]
