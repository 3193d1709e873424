"""Pronouns, offices, descriptions, lists and misspellings mean who they mean."""

import pytest

from extraction.interface import Document, Span
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolver import Resolver
from extraction.parsing import parse
from tests.unit.extraction.cast import CAST, DAY

GAZETTEER = Gazetteer(CAST)


def meant(text: str, words: str, *, author: str = "") -> list[str]:
    """Return whom the last ``words`` of ``text`` mean, its subjects read in order."""
    document = Document(text, author=author, published_on=DAY)
    resolver = Resolver(document, parse(text), GAZETTEER)
    start = text.rindex(words)
    for token in resolver.doc:
        if token.dep_ == "nsubj" and token.idx < start:
            resolver.resolve_token(token)
    found = resolver.resolve((Span(start, start + len(words)),))
    return [speaker.slug for speaker in found if speaker.slug]


@pytest.mark.parametrize(
    ("text", "words", "slugs"),
    [
        (
            "The National Teachers' Union met on Monday. Its general secretary, Hilda Crane, spoke. It said no.",
            "It",
            "teachers",
        ),
        (
            "The National Teachers' Union met on Monday. Its general secretary said no.",
            "Its general secretary",
            "hilda-crane",
        ),
        (
            "Deep Blue published a report. Its director said no.",
            "Its director",
            "mara-quist",
        ),
        (
            "The Tenants' League's chair said no.",
            "The Tenants' League's chair",
            "niamh-burke",
        ),
        (
            "The leader of the People's Party said no.",
            "The leader of the People's Party",
            "rolf-vik",
        ),
        ("The People's Party leader said no.", "The People's Party leader", "rolf-vik"),
        (
            "The chief executive of Atlantic Seafoods said no.",
            "The chief executive of Atlantic Seafoods",
            "bente-holm",
        ),
        ("Deep Blue's head said no.", "Deep Blue's head", "mara-quist"),
        (
            "Brussels wants more homes. The housing commissioner told reporters no.",
            "The housing commissioner",
            "femke-visser",
        ),
        (
            "The Spanish housing minister said no.",
            "The Spanish housing minister",
            "lucia-reyes",
        ),
        (
            "Portugal's housing minister said no.",
            "Portugal's housing minister",
            "rui-lobo",
        ),
        ("The Spanish minister said no.", "The Spanish minister", "lucia-reyes"),
        (
            "Ivar Dahl met the crews. The Norwegian minister said no.",
            "The Norwegian minister",
            "ivar-dahl",
        ),
        (
            "Siv Moen was late. Ivar Dahl met the crews. The education minister said no.",
            "The education minister",
            "siv-moen",
        ),
        (
            "Norway closed the coast. The fisheries minister said no.",
            "The fisheries minister",
            "ivar-dahl",
        ),
        (
            "Germany is undecided. The chancellor said no.",
            "The chancellor",
            "jonas-falk",
        ),
        ("BERLIN — The chancellor said no.", "The chancellor", "jonas-falk"),
        (
            "The German chancellor spoke first. His predecessor said no.",
            "His predecessor",
            "ute-sommer",
        ),
        (
            "Jonas Falk spoke first. His predecessor as chancellor said no.",
            "His predecessor",
            "ute-sommer",
        ),
        (
            "Jonas Falk spoke first. The former chancellor said no.",
            "The former chancellor",
            "ute-sommer",
        ),
        (
            "Germany's former chancellor said no.",
            "Germany's former chancellor",
            "ute-sommer",
        ),
        (
            "The former German chancellor said no.",
            "The former German chancellor",
            "ute-sommer",
        ),
        (
            "Former prime minister Odd Berg said no.",
            "Former prime minister Odd Berg",
            "odd-berg",
        ),
        ("Odd Berg came back. His successor said no.", "His successor", "liv-strand"),
        (
            "Liv Strand spoke. Her fisheries minister said no.",
            "Her fisheries minister",
            "ivar-dahl",
        ),
        (
            "Liv Strand spoke. Her predecessor, Odd Berg, listened. She said no.",
            "She",
            "liv-strand",
        ),
        ("Odd Berg met Liv Strand in Oslo. He said no.", "He", "odd-berg"),
        (
            "Lucía Reyes met Femke Visser. The commissioner said no.",
            "The commissioner",
            "femke-visser",
        ),
        (
            "Atlantic Seafoods and the Civic Union are at odds. The company said no.",
            "The company",
            "seafood",
        ),
        (
            "Atlantic Seafoods, the trawler operator, closed. The Civic Union was glad. The company said no.",
            "The company",
            "seafood",
        ),
        (
            "The Civic Union wrote to Deep Blue. The charity said no.",
            "The charity",
            "deepblue",
        ),
        (
            "The People's Party met the National Teachers' Union. The union said no.",
            "The union",
            "teachers",
        ),
        (
            "The People's Party met the National Teachers' Union. The party said no.",
            "The party",
            "people",
        ),
        (
            "The Federation of Landlords met the Tenants' League. The league said no.",
            "The league",
            "tenants",
        ),
        (
            "The Federation of Landlords met the Tenants' League. The federation said no.",
            "The federation",
            "landlords",
        ),
        (
            "The Federation of Landlords met the Tenants' League. The landlords said no.",
            "The landlords",
            "landlords",
        ),
        (
            "The National Medicines Agency wrote to the Royal College of Doctors. The agency said no.",
            "The agency",
            "medag",
        ),
        (
            "The National Medicines Agency wrote to the Royal College of Doctors. The college said no.",
            "The college",
            "docs",
        ),
        (
            "The National Teachers' Union met. The teachers said no.",
            "The teachers",
            "teachers",
        ),
        (
            "Fair Streets, a campaign group, marched. The campaigners said no.",
            "The campaigners",
            "fair",
        ),
        (
            "Fair Streets, a campaign group, marched. The group said no.",
            "The group",
            "fair",
        ),
        (
            "Hilda Crane spoke first. The union leader said no.",
            "The union leader",
            "hilda-crane",
        ),
        (
            "Hilda Crane spoke first. The teachers' leader said no.",
            "The teachers' leader",
            "hilda-crane",
        ),
        ("Arne Lie wrote a paper. The professor said no.", "The professor", "arne-lie"),
        ("Arne Lie wrote a paper. The biologist said no.", "The biologist", "arne-lie"),
        (
            "Neither the Tenants' League nor Deep Blue said yes.",
            "the Tenants' League",
            "tenants deepblue",
        ),
        ("Both Spain and Portugal said no.", "Spain", "es pt"),
        ("Madrid and Lisbon said no.", "Madrid and Lisbon", "es pt"),
        ("Madrid, Lisbon and Dublin said no.", "Madrid, Lisbon and Dublin", "es pt ie"),
        (
            "Spain, Portugal and Ireland met. All three said no.",
            "All three",
            "es pt ie",
        ),
        ("Spain and Portugal met. The two said no.", "The two", "es pt"),
        ("Spain and Portugal met. Both said no.", "Both", "es pt"),
        ("Spain and Portugal met. They said no.", "They", "es pt"),
        ("Spain and Portugal met. Both countries said no.", "Both countries", "es pt"),
        (
            "Spain and Portugal met. The two countries said no.",
            "The two countries",
            "es pt",
        ),
        (
            "Lucía Reyes and Rui Lobo met. The two ministers said no.",
            "The two ministers",
            "lucia-reyes rui-lobo",
        ),
        ("Lucía Reyes and Rui Lobo met. They said no.", "They", "lucia-reyes rui-lobo"),
        ("The three Baltic states said no.", "The three Baltic states", "baltics"),
        (
            "The three Baltic countries said no.",
            "The three Baltic countries",
            "baltics",
        ),
        ("The Baltic states met. The three said no.", "The three", "baltics"),
        ("The Baltic states met. They said no.", "They", "baltics"),
        ("The Nordic countries met. The group said no.", "The group", "nordics"),
        ("Spain voted yes. So did Portugal and Ireland.", "Portugal", "pt ie"),
        (
            "Ms Crane and Mr Pell said no.",
            "Ms Crane and Mr Pell",
            "hilda-crane gordon-pell",
        ),
        ("Gordon Pelll said no.", "Gordon Pelll", "gordon-pell"),
        ("Hilda Crane spoke. Ms Krane said no.", "Ms Krane", "hilda-crane"),
        ("Lucía Reyes spoke. Reyez said no.", "Reyez", "lucia-reyes"),
        ("Jonas Falk spoke. Mr Falck said no.", "Mr Falck", "jonas-falk"),
        ("Patrick O'Neill said no.", "Patrick O'Neill", "pat-oneill"),
        ("Patrick O'Neill spoke. O'Neill said no.", "O'Neill", "pat-oneill"),
        (
            "Irish prime minister Patrick O'Neill said no.",
            "Irish prime minister Patrick O'Neill",
            "pat-oneill",
        ),
        ("The Irish prime minister said no.", "The Irish prime minister", "pat-oneill"),
        ("The Norwegian premier said no.", "The Norwegian premier", "liv-strand"),
        (
            "Norway's head of government said no.",
            "Norway's head of government",
            "liv-strand",
        ),
        (
            "A spokesman for Liv Strand said no.",
            "A spokesman for Liv Strand",
            "liv-strand",
        ),
        ("Strand's spokeswoman said no.", "Strand's spokeswoman", "liv-strand"),
        ("Downing Street said no.", "Downing Street", "gb"),
        ("The British government said no.", "The British government", "gb"),
        ("Danish officials said no.", "Danish officials", "dk"),
        ("Norway's fisheries ministry said no.", "Norway's fisheries ministry", "no"),
        (
            "The Norwegian Ministry of Education said no.",
            "The Norwegian Ministry of Education",
            "no",
        ),
        ("The government in Oslo said no.", "The government in Oslo", "no"),
        ("Spain is worried. The government said no.", "The government", "es"),
        (
            "Spain is worried. The government in Lisbon said no.",
            "The government in Lisbon",
            "pt",
        ),
        ("Spain is worried. It said no.", "It", "es"),
        ("Spain is worried. The country said no.", "The country", "es"),
        ("Spain wrote to Portugal. It said no.", "It", "es"),
        (
            "Liv Strand wrote to the Tenants' League. Its chair said no.",
            "Its chair",
            "niamh-burke",
        ),
        (
            "Atlantic Seafoods said that it was considering a sale of the Civic Union hall.",
            "it",
            "seafood",
        ),
        (
            "The Civic Union called a vote. In a letter Atlantic Seafoods said that it was ready.",
            "it",
            "seafood",
        ),
        (
            "The Civic Union called a vote. Atlantic Seafoods said the Civic Union was wrong. It also warned against a sale.",
            "It",
            "seafood",
        ),
        (
            "Denmark and Norway disagree. Copenhagen wants a ban; Oslo does not.",
            "Oslo",
            "no",
        ),
        (
            "Hilda Crane met Lucía Reyes. Reyes thanked Crane and she said no.",
            "she",
            "lucia-reyes",
        ),
        (
            "Hilda Crane spoke first. Lucía Reyes, her colleague, rang in. She thanked Crane and said no.",
            "She",
            "lucia-reyes",
        ),
        (
            "Housing minister Lucía Reyes said no.",
            "Housing minister Lucía Reyes",
            "lucia-reyes",
        ),
        (
            "Lucía Reyes, the housing minister of Spain, said no.",
            "Lucía Reyes",
            "lucia-reyes",
        ),
        (
            "The housing minister, Lucía Reyes, said no.",
            "The housing minister",
            "lucia-reyes",
        ),
        (
            "The man who leads the landlords, Gordon Pell, said no.",
            "Gordon Pell",
            "gordon-pell",
        ),
        ("Hilda Crane's union said no.", "Hilda Crane's union", "teachers"),
        ("Rolf Vik spoke. His party said no.", "His party", "people"),
        ("Rolf Vik spoke. The party leader said no.", "The party leader", "rolf-vik"),
        ("Ola Sand, spokesman of the People's Party, said no.", "Ola Sand", "ola-sand"),
        (
            "The People's Party's spokesman said no.",
            "The People's Party's spokesman",
            "ola-sand",
        ),
        (
            "Mr Lobo's Spanish counterpart said no.",
            "Mr Lobo's Spanish counterpart",
            "lucia-reyes",
        ),
        (
            "Rui Lobo was glad. His Spanish counterpart said no.",
            "His Spanish counterpart",
            "lucia-reyes",
        ),
        (
            "Rui Lobo was glad. His Spanish colleague said no.",
            "His Spanish colleague",
            "lucia-reyes",
        ),
    ],
)
def test_words_mean_whom_a_reader_takes_them_for(
    text: str, words: str, slugs: str
) -> None:
    assert meant(text, words) == slugs.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The fisheries minister said no.", "The fisheries minister"),
        ("Femke Visser spoke. Mr Fisser said no.", "Mr Fisser"),
        ("Hilda Crane spoke. Mr Crone said no.", "Mr Crone"),
        ("The company said it was considering a sale.", "it"),
        ("A fisherman from Bergen spoke. He said no.", "He"),
        ("Jonas Falk was absent. Klaus Brenner, a farmer, spoke. He said no.", "He"),
        ("Jonas Falk was absent. A farmer spoke. He said no.", "He"),
        ("The minister said no.", "The minister"),
        ("The prime minister said no.", "The prime minister"),
        ("The Swedish housing minister said no.", "The Swedish housing minister"),
        (
            "The deputy housing minister of Spain said no.",
            "The deputy housing minister of Spain",
        ),
        (
            "The Spanish deputy housing minister said no.",
            "The Spanish deputy housing minister",
        ),
        ("The then German chancellor said no.", "The then German chancellor"),
        ("Critics of Jonas Falk said no.", "Critics of Jonas Falk"),
        ("Spain's opposition leader said no.", "Spain's opposition leader"),
        ("The party said no.", "The party"),
        ("Teachers said no.", "Teachers"),
        ("Landlords in Spain said no.", "Landlords in Spain"),
        ("Half of the Baltic states said no.", "Half of the Baltic states"),
        ("A former People's Party leader said no.", "A former People's Party leader"),
        ("The brother of Liv Strand said no.", "The brother of Liv Strand"),
        ("Liv Strand's brother said no.", "Liv Strand's brother"),
        (
            "A tenant of the Federation of Landlords said no.",
            "A tenant of the Federation of Landlords",
        ),
    ],
)
def test_words_for_somebody_else_mean_nobody_known(text: str, words: str) -> None:
    assert meant(text, words) == []


INTERVIEW = """Femke Visser has no umbrella. Rui Lobo lent her his.

Do you like rents?

I do not. We have too many of them.

And the Tenants' League?

My father was a member.

Will it rain?

I hope so."""


def test_in_an_interview_the_answers_are_the_guests() -> None:
    assert meant(INTERVIEW, "I do not"[:1]) == ["femke-visser"]


def test_a_press_release_is_its_bodys() -> None:
    text = "Rents are too high. We want a cap."
    assert meant(text, "We", author="Tenants' League") == ["tenants"]
    assert meant(text, "We", author="Fair Streets") == ["fair"]


def test_we_at_a_body_is_the_body_and_not_the_author() -> None:
    text = "We at Deep Blue want a cap."
    assert meant(text, "We at Deep Blue", author="Arne Lie") == ["deepblue"]


def test_a_first_name_means_who_was_named_in_full() -> None:
    assert meant("Femke Visser sat down. Femke said no.", "Femke") == ["femke-visser"]
    assert meant("Rui Lobo sat down. Femke said no.", "Femke") == []


def test_a_title_anywhere_in_the_text_tells_the_pronoun() -> None:
    text = "Mr Dahl came with Arne Lie. Ivar Dahl met Siv Moen. He said no."
    assert meant(text, "He") == ["ivar-dahl"]
    text = "Siv Moen met Ivar Dahl. She said no."
    assert meant(text, "She") == ["siv-moen"]


def test_an_office_may_open_the_text_that_names_its_holder_later() -> None:
    text = "The fisheries minister was late. Ivar Dahl said no."
    start = len("The fisheries minister")
    resolver = Resolver(Document(text, published_on=DAY), parse(text), GAZETTEER)
    found = resolver.resolve((Span(0, start),))
    assert [speaker.slug for speaker in found] == ["ivar-dahl"]


def test_an_office_of_one_foreign_word_is_no_unknown_person() -> None:
    text = "Dublin is quiet. The Taoiseach said no."
    assert meant(text, "The Taoiseach") == ["pat-oneill"]
