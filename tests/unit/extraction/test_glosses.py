"""French and German word by word in English: what the network reads."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.languages.glosses import Glossed, glosses


@pytest.mark.parametrize(
    ("language", "words", "english"),
    [
        ("fr", "Le maire refuse le projet.", "the mayor refuse the bill ."),
        ("fr", "Il n'a pas dit qu'il l'aime.", "he has not said that he the likes ."),
        (
            "fr",
            "L’État a été informé aujourd’hui.",  # noqa: RUF001
            "the state has been inform today .",
        ),
        ("fr", "Faut-il voter ?", "must he vote ?"),
        ("fr", "M. X votera, à moins qu’il pleuve.", "mr X will vote , unless he"),  # noqa: RUF001
        (
            "fr",
            "Elle ne dira pas où il vient.",
            "she will say not where he comes .",
        ),
        ("de", "Nein, es sei denn, es regnet.", "no , unless , it rain"),
        (
            "de",
            "Der Landtag lehnt die Steuer ab.",
            "the state parliament reject the tax .",
        ),
        ("de", "Sie stimmten dem Plan nicht zu, hieß es.", "they agree the plan not ,"),
        ("de", "die Steuer abzuschaffen", "the tax abolish"),
        ("de", "Energiekonzerne", "energy corporation"),
        ("de", "Mietendeckel-Gegner", "rent cap opponent"),
    ],
)
def test_each_word_is_called_what_english_calls_it(
    language: str, words: str, english: str
) -> None:
    assert glosses(language).text(words).startswith(english)


@pytest.mark.parametrize("language", ["fr", "de"])
def test_names_and_numbers_stay_as_they_are(language: str) -> None:
    assert glosses(language).text("Zbigniew 1,5 % (2024)") == "Zbigniew 1,5 % ( 2024 )"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "La fédération a été créée."),
        ("de", "Die Länder müssen höhere Löhne zahlen."),
    ],
)
def test_accents_may_stand_apart(language: str, words: str) -> None:
    text = glosses(language).text
    assert text(normalize("NFD", words)) == text(words)


def test_a_particle_belongs_to_a_verb_only_where_it_ends_the_clause() -> None:
    assert glosses("de").text("Er lehnt ab Mai") != glosses("de").text("Er lehnt ab.")


def test_a_stretch_has_the_words_that_begin_in_it() -> None:
    text = "Die Stadt lehnt die Steuer ab. Sie will mehr Geld."
    glossed = Glossed(text, "de")
    second = text.index("Sie")
    assert glossed.between(0, second) == "the city reject the tax ."
    assert glossed.between(second, len(text)) == "they wants more money ."
    assert glossed.between(second, second) == ""


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200), st.sampled_from(["fr", "de"]))
def test_any_text_can_be_glossed_and_keeps_its_order(text: str, language: str) -> None:
    pieces = glosses(language).pieces(text)
    starts = [at for at, _ in pieces]
    assert starts == sorted(set(starts))
    assert all(english.strip() and 0 <= at < len(text) for at, english in pieces)


@settings(deadline=None, max_examples=30)
@given(st.text("abdehlnrstuzäß", min_size=30, max_size=60))
def test_a_long_word_is_taken_apart_in_time(word: str) -> None:
    assert glosses("de").text(word)
