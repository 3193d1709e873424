"""French and German sentences that lean on others: pronouns, headlines, sides, turns."""

from dataclasses import replace
from datetime import date

import pytest

from extraction.engine import RuleExtractor
from extraction.interface import Document
from tests.unit.extraction.test_languages import ACTORS, CLAIMS

DAY = date(2025, 3, 12)
BAN = "La Belgique veut interdire le glyphosate. "
VERBOT = "Belgien will Glyphosat verbieten. "


def told(text: str, language: str, title: str = "") -> set[tuple[str, str, str]]:
    document = Document(text, title=title, language=language, published_on=DAY)
    found = RuleExtractor().extract(document, ACTORS, CLAIMS)
    return {(c.actor, c.claim, str(c.value)) for c in found}


def of(actor: str, text: str, language: str) -> set[tuple[str, str]]:
    return {(c, v) for a, c, v in told(text, language) if a == actor}


@pytest.mark.parametrize(
    ("text", "actor", "value"),
    [
        (BAN + "L'Autriche n'en veut pas.", "at", "oppose"),
        (BAN + "Copenhague y est favorable.", "dk", "support"),
        (BAN + "La Pologne hésite encore.", "pl", "ambiguous"),
        (BAN + "Le Danemark salue cette initiative.", "dk", "support"),
        (BAN + "Varsovie juge une telle interdiction inutile.", "pl", "oppose"),
        (BAN + "L'Autriche partage cet avis.", "at", "support"),
        (BAN + "Le Danemark aussi.", "dk", "support"),
        (BAN + "Paul Girod n'est pas de cet avis.", "paul-girod", "oppose"),
        (BAN + "Pas question pour l'Autriche.", "at", "oppose"),
        (BAN + "À Varsovie, on juge la mesure excessive.", "pl", "oppose"),
    ],
)
def test_french_takes_up_what_was_spoken_of(text: str, actor: str, value: str) -> None:
    expected = {("glyphosate-ban", value)} if value else set()
    assert of(actor, text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "actor", "value"),
    [
        (VERBOT + "Österreich hält davon nichts.", "at", "oppose"),
        (VERBOT + "Dänemark ist dafür.", "dk", "support"),
        (VERBOT + "Polen zögert noch.", "pl", "ambiguous"),
        (VERBOT + "Die Dänen begrüßen den Vorstoß.", "dk", "support"),
        (VERBOT + "Polen stellt sich quer.", "pl", "oppose"),
        (VERBOT + "Österreich sieht das anders.", "at", "oppose"),
        (VERBOT + "Dänemark ebenso.", "dk", "support"),
        (VERBOT + "In Berlin stößt das auf Ablehnung.", "de", "oppose"),
        (VERBOT + "Aus Wien heißt es, das sei überfällig.", "at", "support"),
        (VERBOT + "Polen kauft Kohle.", "pl", ""),
    ],
)
def test_german_takes_up_what_was_spoken_of(text: str, actor: str, value: str) -> None:
    expected = {("glyphosate-ban", value)} if value else set()
    assert of(actor, text, "de") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Glyphosate : Copenhague hésite, Varsovie dit non\n\nIl pleuvait.",
            {("dk", "ambiguous"), ("pl", "oppose")},
        ),
        (
            "de",
            "Berlin gegen Glyphosatverbot\n\nEs regnete.",
            {("de", "oppose")},
        ),
        (
            "de",
            "Wien bremst\n\nBelgien will Glyphosat verbieten.",
            {("at", "conditional_oppose"), ("be", "support")},
        ),
    ],
)
def test_headlines_say_which_side_somebody_takes(
    language: str, text: str, expected: set[tuple[str, str]]
) -> None:
    assert {(a, v) for a, _, v in told(text, language)} == expected


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("fr", "La Belgique et l'Autriche rejettent la chasse au loup.", {"be", "at"}),
        ("fr", "Ni Varsovie ni Vienne ne veulent du service militaire.", {"pl", "at"}),
        ("de", "Polen und Österreich lehnen die Wehrpflicht ab.", {"pl", "at"}),
    ],
)
def test_each_of_a_list_holds_what_is_said(
    language: str, text: str, actors: set[str]
) -> None:
    found = told(text, language)
    assert {a for a, _, _ in found} == actors
    assert {v for _, _, v in found} == {"oppose"}


def test_the_guest_of_an_interview_answers() -> None:
    text = (
        "Entretien. Léa Marchand, ministre des Transports, répond à nos questions.\n\n"
        "Faut-il interdire le glyphosate ?\n\nJe n'y suis pas favorable.\n\n"
        "Et le service militaire ?\n\nJe suis pour.\n\nUn dernier mot ?\n\nMerci."
    )
    found = told(text, "fr", title="Entretien")
    assert ("lea-marchand", "glyphosate-ban", "oppose") in found


def test_a_name_before_a_colon_takes_the_turn() -> None:
    text = (
        "Interview mit Umweltminister Jens Ohm\n\nWas halten Sie von Glyphosat?\n\n"
        "Ohm: Wir werden Glyphosat verbieten.\n\nUnd die Wehrpflicht?\n\n"
        "Ohm: Die lehne ich ab."
    )
    assert ("jens-ohm", "glyphosate-ban", "support") in told(text, "de")


def test_the_subjunctive_goes_on_with_the_last_speaker() -> None:
    text = (
        "Jens Ohm sprach am Montag in Kassel über Glyphosat. „Das Zeug ist Gift für alle“, "
        "sagte er. Ein Verbot von Glyphosat sei überfällig."
    )
    assert ("jens-ohm", "glyphosate-ban", "support") in told(text, "de")


def test_a_claim_in_german_is_found_in_french_and_the_other_way_round() -> None:
    claims = [
        replace(
            CLAIMS[0],
            title="Tempolimit",
            proposition="Ein Tempolimit soll auf der Autobahn gelten",
        )
    ]
    document = Document(
        "La Belgique rejette toute limitation de vitesse sur les autoroutes.",
        language="fr",
    )
    (found,) = RuleExtractor().extract(document, ACTORS, claims)
    assert (found.actor, str(found.value)) == ("be", "oppose")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            BAN
            + "L'Autriche rejette toute fouille des cartables à l'entrée des stades.",
        ),
        (
            "fr",
            "Les bois sont calmes. Paul Girod aime la chasse à courre et les chiens.",
        ),
        (
            "de",
            VERBOT + "Polen lehnt die Einladung der Dänen zum Essen ab und fährt heim.",
        ),
        ("de", "Zwölf Schafe standen am Hang. Anna Weiss begrüßte die Wanderer."),
    ],
)
def test_an_own_object_is_not_what_was_spoken_of(language: str, text: str) -> None:
    assert {a for a, _, _ in told(text, language)} <= {"be"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", BAN + "Varsovie rejette jusqu'au dernier mot de Bruxelles.", True),
        ("de", VERBOT + "Polen lehnt nach kurzer Beratung ab.", True),
        ("fr", BAN + "\n\nVarsovie rejette jusqu'au dernier mot de Bruxelles.", False),
    ],
)
def test_an_attitude_without_an_object_is_about_what_its_paragraph_was_about(
    language: str, text: str, expected: bool
) -> None:
    assert (of("pl", text, language) == {("glyphosate-ban", "oppose")}) is expected
