"""Who may hold a stance in a sentence: named, reported to speak, or spoken of before."""

from extraction.engine import RuleExtractor
from extraction.interface import Document
from extraction.trained.english import EnglishUnits
from extraction.trained.units import Holder, How, Units
from tests.unit.extraction.world import ACTORS, CLAIMS, PUBLISHED


def units(text: str, *, title: str = "", author: str = "") -> Units:
    """Return the units of ``text``."""
    document = Document(text, title=title, author=author, published_on=PUBLISHED)
    reading = RuleExtractor().reading(document, ACTORS, CLAIMS)
    RuleExtractor().candidates(reading)
    return EnglishUnits(reading)


def holders(text: str, number: int = -1, **more: str) -> list[Holder]:
    """Return the holders of the sentence of that number."""
    found = units(text, **more)
    return found.of(range(len(found.spans))[number])


def hows(text: str, number: int = -1, **more: str) -> dict[str, How]:
    """Return how the sentence of that number has to do with each of its holders."""
    return {one.slug: one.how for one in holders(text, number, **more)}


def test_whoever_a_sentence_names_may_hold_a_stance_in_it() -> None:
    text = "Norway and Inès Moreau met in Oslo."
    assert hows(text) == {"no": How.NAMED, "ines-moreau": How.NAMED}


def test_a_holder_stands_where_the_words_for_him_begin() -> None:
    text = "On Monday Inès Moreau spoke."
    (found,) = holders(text)
    assert text[found.at :].startswith("Inès Moreau")


def test_a_pronoun_stands_for_whom_it_means() -> None:
    assert hows("Inès Moreau spoke. She was tired.")["ines-moreau"] is How.NAMED


def test_the_speaker_of_a_quotation_may_hold_what_it_says_without_being_named() -> None:
    text = '"The tax is dead. Nobody wants it back," said Inès Moreau.'
    assert hows(text, 0)["ines-moreau"] in {How.SAID, How.NAMED}


def test_the_author_may_hold_what_the_text_says() -> None:
    found = hows("A wealth tax is a mistake.", author="Inès Moreau")
    assert found == {"ines-moreau": How.SAID}


def test_a_sentence_that_names_nobody_may_go_on_about_whom_the_one_before_named() -> (
    None
):
    found = hows("Norway has decided. No tax on wealth will come.")
    assert found == {"no": How.CARRIED}


def test_in_an_interview_the_person_of_the_title_may_answer_every_question() -> None:
    text = (
        "Is a wealth tax coming?\n\nNot with this government.\n\n"
        "And later?\n\nAsk again in a year.\n\nAre you tired?\n\nA little.\n"
    )
    found = hows(text, 3, title="Inès Moreau on taxes")
    assert found == {"ines-moreau": How.CARRIED}


def test_each_holder_stands_once_in_a_sentence() -> None:
    found = holders("Norway says that Norway will not move, and it means it.")
    assert [one.slug for one in found] == ["no"]
