"""French and German texts: who holds what, told by word lists and word order."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.engine import RuleExtractor
from extraction.interface import (
    Candidate,
    Document,
    KnownActor,
    KnownClaim,
    Name,
    Office,
)
from extraction.languages.clauses import clauses_of
from extraction.languages.days import said_on
from extraction.languages.detection import detect, language_of, why_unread
from extraction.languages.lexicon import ops_in
from extraction.languages.wording import read_wording

WEDNESDAY = date(2025, 3, 12)


def country(slug: str, name: str) -> KnownActor:
    return KnownActor(slug, "country", name)


def person(slug: str, name: str, *office: str) -> KnownActor:
    speaks_for, held, rank = office
    held_since = Office(speaks_for, held, rank, date(2020, 1, 1))
    return KnownActor(slug, "person", name, offices=(held_since,))


ACTORS = [
    country("fr", "France"),
    country("de", "Germany"),
    country("dk", "Denmark"),
    country("be", "Belgium"),
    country("at", "Austria"),
    country("pl", "Poland"),
    country("nl", "Netherlands"),
    person("lea-marchand", "Léa Marchand", "fr", "Transport minister", "minister"),
    person("paul-girod", "Paul Girod", "fr", "President", "head_of_state"),
    person("anna-weiss", "Anna Weiss", "de", "Chancellor", "head_of_government"),
    person("jens-ohm", "Jens Ohm", "de", "Environment minister", "minister"),
    person("ida-holm", "Ida Holm", "dk", "Prime minister", "head_of_government"),
    person("karl-brenner", "Karl Brenner", "at", "Transport minister", "minister"),
    KnownActor("autoclub", "organisation", "Autoclub Nord"),
    KnownActor("nature", "organisation", "Fédération nature", (Name("FN"),)),
]
CLAIMS = [
    KnownClaim(
        "speed-limit",
        "Speed limit on motorways",
        "A speed limit of 120 should be introduced on motorways",
    ),
    KnownClaim("glyphosate-ban", "Ban glyphosate", "Glyphosate should be banned"),
    KnownClaim(
        "phones", "Phone ban at school", "Mobile phones should be banned in schools"
    ),
    KnownClaim(
        "no-kerosene-tax",
        "No tax on kerosene",
        "Kerosene for flights must not be taxed",
    ),
    KnownClaim("wolf", "Hunting wolves", "The hunting of wolves should be allowed"),
    KnownClaim("conscription", "Conscription", "Conscription should be reintroduced"),
    KnownClaim(
        "trade-deal",
        "Trade deal with Mercosur",
        "The trade agreement with Mercosur should be ratified",
    ),
]
OPPOSE, SUPPORT, AMBIGUOUS = "oppose", "support", "ambiguous"
IF_OPPOSE, IF_SUPPORT = "conditional_oppose", "conditional_support"


def propose(text: str, language: str = "", author: str = "") -> list[Candidate]:
    document = Document(text, language=language, author=author, published_on=WEDNESDAY)
    return RuleExtractor().extract(document, ACTORS, CLAIMS)


def told(text: str, language: str) -> set[tuple[str, str, str]]:
    return {(c.actor, c.claim, str(c.value)) for c in propose(text, language)}


FRENCH = [
    (
        "Le président français rejette toute limitation de vitesse sur les autoroutes.",
        {("paul-girod", "speed-limit", OPPOSE)},
    ),
    (
        "Léa Marchand, la ministre des Transports, a plaidé mardi pour une limitation de "
        "vitesse à 120 km/h sur autoroute.",
        {("lea-marchand", "speed-limit", SUPPORT)},
    ),
    (
        "« Nous n'interdirons pas le glyphosate », a déclaré Paul Girod à Lyon.",
        {("paul-girod", "glyphosate-ban", OPPOSE)},
    ),
    (
        "Copenhague n'exclut pas d'interdire le glyphosate.",
        {("dk", "glyphosate-ban", IF_SUPPORT)},
    ),
    (
        "Selon Mme Marchand, le kérosène des avions doit être taxé comme l'essence.",
        {("lea-marchand", "no-kerosene-tax", OPPOSE)},
    ),
    (
        "La Fédération nature réclame l'interdiction du glyphosate. L'organisation s'oppose "
        "aussi à la chasse au loup.",
        {("nature", "glyphosate-ban", SUPPORT), ("nature", "wolf", OPPOSE)},
    ),
    (
        "Le gouvernement belge estime qu'il est trop tôt pour décider de l'interdiction des "
        "téléphones portables à l'école.",
        {("be", "phones", AMBIGUOUS)},
    ),
    (
        "Ida Holm a refusé de rétablir le service militaire. Elle soutient en revanche "
        "l'interdiction des téléphones à l'école.",
        {("ida-holm", "conscription", OPPOSE), ("ida-holm", "phones", SUPPORT)},
    ),
    (
        "Vienne soutient la chasse au loup, tandis que Varsovie la rejette.",
        {("at", "wolf", SUPPORT), ("pl", "wolf", OPPOSE)},
    ),
    (
        "La France juge l'accord commercial avec le Mercosur inacceptable. La Haye y reste "
        "pourtant favorable.",
        {("fr", "trade-deal", OPPOSE), ("nl", "trade-deal", SUPPORT)},
    ),
    (
        "Le service militaire ne reviendra pas, a annoncé la Première ministre danoise.",
        {("ida-holm", "conscription", OPPOSE)},
    ),
    (
        "L'opposition de Varsovie à l'accord commercial avec le Mercosur ne faiblit pas.",
        {("pl", "trade-deal", OPPOSE)},
    ),
    (
        "Paul Girod n'a jamais soutenu l'interdiction du glyphosate.",
        {("paul-girod", "glyphosate-ban", OPPOSE)},
    ),
]

GERMAN = [
    (
        "Die Bundeskanzlerin lehnt ein Tempolimit auf Autobahnen ab.",
        {("anna-weiss", "speed-limit", OPPOSE)},
    ),
    (
        "Umweltminister Jens Ohm fordert ein Verbot von Glyphosat. „Das Gift muss weg“, sagte "
        "er am Montag in Kassel.",
        {("jens-ohm", "glyphosate-ban", SUPPORT)},
    ),
    (
        "Dänemark schließt eine Rückkehr zur Wehrpflicht nicht aus.",
        {("dk", "conscription", IF_SUPPORT)},
    ),
    (
        "Der Autoclub Nord ist gegen ein Tempolimit. Österreichs Verkehrsminister Karl Brenner "
        "befürwortet es dagegen, wenn die Länder zustimmen.",
        {
            ("autoclub", "speed-limit", OPPOSE),
            ("karl-brenner", "speed-limit", IF_SUPPORT),
        },
    ),
    (
        "„Wir werden die Wehrpflicht nicht wieder einführen“, erklärte die dänische "
        "Ministerpräsidentin Ida Holm.",
        {("ida-holm", "conscription", OPPOSE)},
    ),
    (
        "Ein Handyverbot an Schulen hält Anna Weiss für falsch.",
        {("anna-weiss", "phones", OPPOSE)},
    ),
    (
        "Laut Jens Ohm darf Kerosin für Flüge nicht besteuert werden.",
        {("jens-ohm", "no-kerosene-tax", SUPPORT)},
    ),
    (
        "Jens Ohm will die Jagd auf Wölfe erlauben und spricht sich gegen die Wehrpflicht aus.",
        {("jens-ohm", "wolf", SUPPORT), ("jens-ohm", "conscription", OPPOSE)},
    ),
    (
        "Für eine Entscheidung über das Tempolimit sei es zu früh, sagte Anna Weiss gestern.",
        {("anna-weiss", "speed-limit", AMBIGUOUS)},
    ),
    (
        "Anna Weiss sprach sich dafür aus, Glyphosat zu verbieten. Sie warnte zugleich vor "
        "einer Steuer auf Kerosin.",
        {
            ("anna-weiss", "glyphosate-ban", SUPPORT),
            ("anna-weiss", "no-kerosene-tax", SUPPORT),
        },
    ),
    (
        "Deutschland unterstützt das Handelsabkommen mit dem Mercosur, Frankreich lehnt es ab.",
        {("de", "trade-deal", SUPPORT), ("fr", "trade-deal", OPPOSE)},
    ),
    (
        "Ein Glyphosatverbot wird von Polen abgelehnt.",
        {("pl", "glyphosate-ban", OPPOSE)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_stances_are_found(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), GERMAN)
def test_german_stances_are_found(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text, "de") == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Paul Girod est arrivé à Berlin lundi. Il a visité une école, où les élèves rangent "
            "leurs téléphones dans une boîte.",
        ),
        (
            "fr",
            "Les agriculteurs rejettent l'interdiction du glyphosate. Des experts en débattaient "
            "hier à Paris.",
        ),
        ("fr", "Faut-il interdire le glyphosate ? La France n'en sait rien."),
        ("fr", "L'accord avec le Mercosur a été négocié à Paris pendant vingt ans."),
        (
            "de",
            "Ob die Wehrpflicht zurückkehrt, ist offen. Anna Weiss reiste nach Wien.",
        ),
        (
            "de",
            "Die Bauern fordern, die Jagd auf Wölfe zu erlauben. Anna Weiss besuchte einen Hof.",
        ),
        ("de", "Die Schweiz hat Glyphosat nie verboten. Die Felder liegen still."),
        ("de", "Im Stadtrat von Wien ging es um das Tempolimit. Niemand war dafür."),
    ],
)
def test_nothing_is_proposed_where_nobody_known_says_anything(
    language: str, text: str
) -> None:
    assert propose(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "condition"),
    [
        (
            "fr",
            "Ida Holm soutient l'interdiction du glyphosate à condition que les agriculteurs "
            "soient indemnisés.",
            "à condition que les agriculteurs soient indemnisés",
        ),
        (
            "fr",
            "Paris s'oppose à la chasse au loup, sauf si les troupeaux sont menacés.",
            "sauf si les troupeaux sont menacés",
        ),
        (
            "de",
            "Karl Brenner unterstützt das Handyverbot an Schulen nur unter der Bedingung, dass "
            "die Eltern zustimmen.",
            "nur unter der Bedingung, dass die Eltern zustimmen",
        ),
        (
            "de",
            "Dänemark lehnt ein Tempolimit ab, es sei denn, die Nachbarn machen mit.",
            "es sei denn, die Nachbarn machen mit",
        ),
    ],
)
def test_a_condition_halves_the_value_and_keeps_its_words(
    language: str, text: str, condition: str
) -> None:
    (found,) = propose(text, language)
    assert found.condition is not None
    assert found.condition.text(text) == condition
    assert found.value in {IF_SUPPORT, IF_OPPOSE}


def test_a_refusal_for_now_is_conditional() -> None:
    text = "À ce stade, Copenhague rejette l'interdiction du glyphosate."
    assert told(text, "fr") == {("dk", "glyphosate-ban", IF_OPPOSE)}


def test_a_person_speaks_for_his_country() -> None:
    (found,) = propose("Die Bundeskanzlerin lehnt ein Tempolimit ab.", "de")
    assert (found.actor, found.speaks_for) == ("anna-weiss", "de")


def test_a_denied_report_is_no_stance() -> None:
    text = (
        "Vienne soutient l'interdiction du glyphosate. C'est faux, dit un conseiller."
    )
    assert propose(text, "fr") == []


def test_a_place_that_only_locates_is_nobody() -> None:
    assert propose("In Berlin lehnen Bauern ein Verbot von Glyphosat ab.", "de") == []


def test_evidence_of_a_quotation_and_of_its_host_do_not_overlap() -> None:
    text = (
        "Paul Girod rejette l'interdiction du glyphosate : « Le glyphosate ne sera jamais "
        "interdit en France. »"
    )
    host, quoted = sorted(c.content[0] for c in propose(text, "fr"))
    assert host.end <= quoted.start


# -- which language ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The government will not say what it has decided.", "en"),
        ("Le gouvernement ne veut pas dire ce qu'il a décidé pour les écoles.", "fr"),
        ("Die Regierung will nicht sagen, was sie mit dem Geld macht.", "de"),
        ("Уряд не підтримує цю ідею, заявив міністр її партнерів.", "uk"),
        ("Правительство не поддержало бы эту идею, объявил министр.", "ru"),
        ("El gobierno no quiere que se suban los impuestos en las regiones.", "es"),
        ("12 345 +++", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_by_script_and_stop_words(text: str, code: str) -> None:
    assert detect(text) == code


def test_the_declared_language_goes_before_the_words() -> None:
    assert language_of(Document("The law and the people", language="DE-at")) == "de"
    assert language_of(Document("Le plan est dans les cartons", language="")) == "fr"


@pytest.mark.parametrize("language", ["uk", "ru", "es"])
def test_other_languages_are_left_alone_and_said_so(language: str) -> None:
    text = "Anna Weiss, Glyphosat, Tempolimit: oppose, rejects, lehnt ab."
    document = Document(text, language=language)
    assert RuleExtractor().extract(document, ACTORS, CLAIMS) == []
    assert "left to the language-model engine" in why_unread(document)


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_nothing_is_said_of_languages_that_are_read(language: str) -> None:
    assert why_unread(Document("x", language=language)) == ""


# -- words, clauses, days --------------------------------------------------------


def test_a_sentence_does_not_end_at_an_abbreviation_or_an_ordinal() -> None:
    text = "Am 3. März sprach Dr. Weiss. M. Girod schwieg."
    spans = [one.span.text(text) for one in read_wording(text).sentences]
    assert spans == ["Am 3. März sprach Dr. Weiss.", "M. Girod schwieg."]


def test_whole_quotations_are_read_by_themselves() -> None:
    text = "Er sagte: „Wir wollen das alles nicht. Nie wieder Krieg.“ Dann ging er."
    spans = [one.span.text(text) for one in read_wording(text).sentences]
    assert "Nie wieder Krieg." in spans
    assert spans[-1] == "Dann ging er."


def test_a_particle_belongs_to_the_verb_of_its_own_clause() -> None:
    text = "Rom lehnt den Plan ab und fordert Ruhe"
    (sentence,) = read_wording(text).sentences
    ops = ops_in(sentence.words, "de")
    assert [op.kind for op in ops] == ["oppose", "support"]
    assert len(clauses_of(sentence, text, ops, "de")) == 2


@pytest.mark.parametrize(
    ("language", "words", "day", "basis"),
    [
        ("fr", "a déclaré mardi la ministre", date(2025, 3, 11), "mardi"),
        ("fr", "a-t-il dit hier à Lille", date(2025, 3, 11), "hier"),
        ("fr", "avait dit le 3 février 2025", date(2025, 2, 3), "3 février 2025"),
        ("de", "sagte sie am Montag in Kiel", date(2025, 3, 10), "Montag"),
        ("de", "hatte vorgestern gesagt", date(2025, 3, 10), "vorgestern"),
        ("de", "sagte er am 3. Februar", date(2025, 2, 3), "3. Februar"),
        ("de", "soll bis Montag entscheiden", WEDNESDAY, "published date"),
        ("fr", "doit se décider mardi prochain", WEDNESDAY, "published date"),
    ],
)
def test_days_are_read_against_the_published_date(
    language: str, words: str, day: date, basis: str
) -> None:
    when = said_on(words, WEDNESDAY, language)
    assert (when.on, when.basis) == (day, basis)


PIECES = st.sampled_from(
    [
        "Anna",
        "Weiss",
        "lehnt",
        "Glyphosat",
        "nicht",
        "ab",
        "«",
        "»",
        "„",
        "“",
        ".",
        ",",
        "\n",
        "que",
        "Paul Girod",
        "rejette",
        "l'interdiction",
        "glyphosate",
        "si",
        "dit",
        "🙂",
        "é",
        "\xa0",
        "wenn",
        "und",
        "dass",
        "selon",
        "sagte",
        "er",
        "elle",
        ":",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)),
    language=st.sampled_from(["fr", "de"]),
)
def test_every_span_lies_inside_the_text(text: str, language: str) -> None:
    for found in propose(text, language):
        condition = (found.condition,) if found.condition else ()
        for span in (*found.content, *found.cue, *found.source, *condition):
            assert 0 <= span.start < span.end <= len(text)
            assert span.text(text).strip()
