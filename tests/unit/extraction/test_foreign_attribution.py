"""French and German attributions: source, cue and content as spans of the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.interface import Attribution, Kind, Span
from extraction.languages.attributing import find_foreign_attributions


def told(text: str, language: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution, in words."""
    return [
        (_words(one.source, text), _words(one.cue, text), _words(one.content, text))
        for one in find_foreign_attributions(text, language)
    ]


def _words(spans: tuple[Span, ...], text: str) -> str:
    return " … ".join(span.text(text) for span in spans)


def kinds(text: str, language: str) -> list[Kind]:
    found: list[Attribution] = find_foreign_attributions(text, language)
    return [one.kind for one in found]


FRENCH = [
    (
        "« Nous ouvrirons trois écoles », a déclaré mardi la ministre, Claire Vasseur, à Lille.",
        ("la ministre, Claire Vasseur", "déclaré", "« Nous ouvrirons trois écoles »"),
    ),
    (
        "« La mer est vide ce matin », a-t-il soupiré.",
        ("il", "soupiré", "« La mer est vide ce matin »"),
    ),
    (
        "« Nous partirons, a dit la directrice, et nous reviendrons. »",
        ("la directrice", "dit", "« Nous partirons … et nous reviendrons. »"),
    ),
    (
        "Marie Dupont a affirmé que le port fermerait.",
        ("Marie Dupont", "affirmé", "que le port fermerait"),
    ),
    (
        "Selon les pêcheurs, le quota est « une farce ».",
        ("les pêcheurs", "Selon", "le quota est « une farce »"),
    ),
    (
        "D'après la préfecture, la route rouvrira lundi.",
        ("la préfecture", "D'après", "la route rouvrira lundi"),
    ),
    (
        "Le maire a refusé de signer le texte.",
        ("Le maire", "refusé", "de signer le texte"),
    ),
    (
        "— Je ne viendrai pas demain, dit Paul.",
        ("Paul", "dit", "Je ne viendrai pas demain"),
    ),
]
GERMAN = [
    (
        "„Wir öffnen drei Schulen“, sagte Ministerin Anna Berg am Montag in Kiel.",
        ("Ministerin Anna Berg", "sagte", "„Wir öffnen drei Schulen“"),
    ),
    (
        "„Wir gehen jetzt nach Hause“, so der Trainer.",
        ("der Trainer", "so", "„Wir gehen jetzt nach Hause“"),
    ),
    (
        "Der Minister sagte, er werde gehen.",
        ("Der Minister", "sagte", "er werde gehen"),
    ),
    (
        "Der Hafen werde schließen, teilte die Behörde mit.",
        ("die Behörde", "teilte", "Der Hafen werde schließen"),
    ),
    (
        "Laut Polizei ist niemand verletzt.",
        ("Polizei", "Laut", "ist niemand verletzt"),
    ),
    (
        "Der Ministerin zufolge ist das falsch.",
        ("Der Ministerin", "zufolge", "ist das falsch"),
    ),
    (
        "Wie das Amt am Mittwoch mitteilte, sinkt die Quote.",
        ("das Amt", "mitteilte", "sinkt die Quote"),
    ),
    (
        "Rom lehnt den Plan der Kommission ab.",
        ("Rom", "lehnt", "den Plan der Kommission"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_attributions_are_found(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert told(text, "fr") == [expected]


@pytest.mark.parametrize(("text", "expected"), GERMAN)
def test_german_attributions_are_found(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert told(text, "de") == [expected]


def test_a_quotation_over_two_paragraphs_is_one_attribution() -> None:
    text = (
        "« La route est longue, a dit Paul.\n\n« Et nous la suivrons jusqu'au bout. »"
    )
    (found,) = told(text, "fr")
    assert found == (
        "Paul",
        "dit",
        "« La route est longue … « Et nous la suivrons jusqu'au bout. »",
    )


def test_a_quotation_alone_is_the_last_speakers() -> None:
    text = "„Wir gehen jetzt nach Hause“, sagte Eva Moll. „Niemand hält uns auf dem Weg auf.“"
    assert [source for source, _, _ in told(text, "de")] == ["Eva Moll", "Eva Moll"]


def test_the_kind_says_how_much_is_quoted() -> None:
    text = (
        "« Nous ouvrirons trois écoles », a dit Paul. Selon Marie, c'est « une farce ». "
        "Selon Luc, la route rouvrira. Rome s'oppose au projet de loi."
    )
    assert kinds(text, "fr") == [
        Kind.DIRECT,
        Kind.MIXED,
        Kind.INDIRECT,
        Kind.ATTITUDE,
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Il pleuvait sur le port. Les bateaux sont rentrés à midi."),
        ("de", "Es regnete im Hafen. Die Kutter lagen an der Kette."),
    ],
)
def test_where_nobody_says_anything_nothing_is_attributed(
    language: str, text: str
) -> None:
    assert told(text, language) == []


PIECES = st.sampled_from(
    [
        "«",
        "»",
        "„",
        "“",
        "a dit",
        "sagte",
        "selon",
        "laut",
        "Paul",
        "Anna Berg",
        "que",
        "dass",
        "la mer",
        "der Plan",
        ",",
        ".",
        "\n",
        ":",
        "— ",
        "lehnt",
        "ab",
        "🙂",
        "so",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)),
    language=st.sampled_from(["fr", "de"]),
)
def test_every_span_lies_inside_the_text(text: str, language: str) -> None:
    for found in find_foreign_attributions(text, language):
        for span in (*found.content, *found.cue, *found.source):
            assert 0 <= span.start < span.end <= len(text)
            assert span.text(text).strip()
