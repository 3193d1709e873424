"""French and German texts as the network is given them: sentences, holders, facts."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.engine import RuleExtractor
from extraction.interface import Document, Kind, KnownClaim, Value
from extraction.trained.facts import COUNT, NAMED
from extraction.trained.foreign import ForeignText
from extraction.trained.units import How
from tests.unit.extraction.test_trained import judged
from tests.unit.extraction.world import ACTORS, CLAIMS, PUBLISHED


def read(text: str, language: str, *, title: str = "", author: str = "") -> ForeignText:
    """Return ``text`` as the rules read it."""
    document = Document(
        text, title=title, author=author, language=language, published_on=PUBLISHED
    )
    return ForeignText(RuleExtractor(), document, ACTORS, CLAIMS)


def hows(text: str, language: str, number: int = -1, **more: str) -> dict[str, How]:
    """Return how the sentence of that number has to do with each of its holders."""
    units = read(text, language, **more).units
    return {one.slug: one.how for one in units.of(range(len(units.spans))[number])}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Inès Moreau a parlé lundi.", {"ines-moreau": How.NAMED}),
        ("de", "Am Montag sprach Inès Moreau.", {"ines-moreau": How.NAMED}),
        ("fr", "Inès Moreau est venue. Elle est fatiguée.", {"ines-moreau": How.NAMED}),
        ("de", "Inès Moreau kam spät. Sie war müde.", {"ines-moreau": How.NAMED}),
        (
            "fr",
            "Inès Moreau est venue. Un impôt sur la fortune serait une erreur.",
            {"ines-moreau": How.CARRIED},
        ),
        (
            "de",
            "Inès Moreau kam spät. Eine Vermögensteuer wäre ein Fehler.",
            {"ines-moreau": How.CARRIED},
        ),
        (
            "fr",
            "« L'impôt est mort. Personne n'en veut plus », a déclaré Inès Moreau.",
            {"ines-moreau": How.NAMED},
        ),
    ],
)
def test_whoever_a_sentence_is_about_may_hold_a_stance_in_it(
    language: str, text: str, found: dict[str, How]
) -> None:
    assert hows(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Inès Moreau a répondu : « L'impôt est mort. Personne n'en veut plus. »",
        ),
        ("de", "Inès Moreau sagte: „Die Steuer ist tot. Niemand will sie zurück.“"),
    ],
)
def test_the_speaker_of_a_quotation_may_hold_what_its_later_sentences_say(
    language: str, text: str
) -> None:
    assert hows(text, language)["ines-moreau"] is How.SAID


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un impôt sur la fortune serait une erreur."),
        ("de", "Eine Vermögensteuer wäre ein Fehler."),
    ],
)
def test_the_author_may_hold_what_the_text_says(language: str, text: str) -> None:
    assert hows(text, language, author="Inès Moreau") == {"ines-moreau": How.SAID}


def test_a_holder_stands_where_the_words_for_him_begin() -> None:
    text = "Lundi soir, Inès Moreau a parlé."
    units = read(text, "fr").units
    assert [text[one.at :] for one in units.of(0)] == ["Inès Moreau a parlé."]


def test_the_facts_say_which_sentence_names_the_claim_and_what_the_rules_read() -> None:
    text = read("Il pleut. La Norvège rejette l'impôt sur la fortune.", "fr")
    (candidate,) = text.candidates
    assert (candidate.actor, candidate.value) == ("no", Value.OPPOSE)
    facts = text.facts.of("no", "wealth-tax", 1)
    assert len(facts) == COUNT
    assert facts[NAMED] == 1.0
    assert text.facts.read("no", "wealth-tax", 1) == 1
    assert text.facts.of("no", "wealth-tax", 0)[NAMED] == 0.0


def test_what_is_written_down_is_the_sentence_and_whose_it_is() -> None:
    words = "Inès Moreau a parlé. Elle dira non, à moins que tous paient."
    text = read(words, "fr")
    one = judged(0.1, 0.0, 0.9, 0.0, 0.0, 0.0)
    (holder,) = text.units.of(1)
    written = text.write(type(one)(holder, "wealth-tax", 1, one.odds))
    assert (written.actor, written.speaks_for) == ("ines-moreau", "fr")
    assert written.value is Value.CONDITIONAL_OPPOSE
    assert [span.text(words) for span in written.content] == [words[21:]]
    assert [span.text(words) for span in written.source] == ["Elle"]
    assert written.condition is not None
    assert written.condition.text(words).startswith("à moins que")
    assert (written.kind, written.stated_on) == (Kind.INDIRECT, PUBLISHED)


@pytest.mark.parametrize(
    ("proposition", "english"),
    [
        ("Le glyphosate doit être interdit", "the glyphosate must be banned"),
        ("Die Mieten sollten nicht mehr steigen", "the rents should no longer rise"),
        ("Glyphosate should be banned", "Glyphosate should be banned"),
        ("Deutschland sollte Kiew beistehen", "Germany should Kyiv stand by"),
    ],
)
def test_claims_are_read_in_english_whatever_language_they_are_in(
    proposition: str, english: str
) -> None:
    claim = KnownClaim("it", "It", proposition, (proposition,))
    document = Document("La Norvège a parlé.", language="fr", published_on=PUBLISHED)
    read = ForeignText(RuleExtractor(), document, ACTORS, [claim]).claims["it"]
    assert (read.proposition, read.phrases) == (english, (english,))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200), st.sampled_from(["fr", "de"]))
def test_sentences_never_overlap_and_leave_no_word_out(
    noise: str, language: str
) -> None:
    text = f"{noise} Norwegen sagt: „Nein. Nie.“ {noise}\n« Non. Jamais », dit Inès Moreau."
    spans = read(text, language).units.spans
    assert all(a.end <= b.start for a, b in pairwise(spans))
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    between = [text[a:b] for a, b in zip(ends, starts, strict=True)]
    assert not "".join(between).strip()
    assert all(span.text(text).strip() == span.text(text) for span in spans)
