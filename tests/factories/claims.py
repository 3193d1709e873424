"""Claims, evidence, stances and suggestions for tests."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from claims.models import (
    Claim,
    Evidence,
    ExamplePhrase,
    Stance,
    StanceValue,
    Suggestion,
)
from sources.models import Precision
from tests.factories.actors import CountryFactory, PersonFactory
from tests.factories.sources import DocumentFactory

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


class ClaimFactory(DjangoModelFactory[Claim]):
    """A tracked claim."""

    class Meta:
        model = Claim

    slug = factory.Sequence(lambda n: f"claim-{n}")
    title = factory.Sequence(lambda n: f"Claim {n}")
    proposition = "Allied states should keep open the option of sending troops."


class ExamplePhraseFactory(DjangoModelFactory[ExamplePhrase]):
    """Words by which texts speak of a claim."""

    class Meta:
        model = ExamplePhrase

    claim = factory.SubFactory(ClaimFactory)
    text = factory.Sequence(lambda n: f"sending troops {n}")


def quoted(evidence: Any) -> str:
    """Return the words of the document at the offsets."""
    return str(evidence.document.body[evidence.start : evidence.end])


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """The first ten characters of a document; give ``start`` and ``end`` for others."""

    class Meta:
        model = Evidence

    document = factory.SubFactory(DocumentFactory)
    start = 0
    end = 10
    quote = factory.LazyAttribute(quoted)


class StanceFactory(DjangoModelFactory[Stance]):
    """A published stance of a country that speaks for itself."""

    class Meta:
        model = Stance

    actor = factory.SubFactory(CountryFactory)
    speaks_for = factory.LazyAttribute(
        lambda stance: None if stance.actor.kind == "person" else stance.actor
    )
    claim = factory.SubFactory(ClaimFactory)
    value = StanceValue.SUPPORT
    stated_on = date(2024, 2, 26)
    stated_precision = Precision.DAY
    evidence = factory.SubFactory(EvidenceFactory)


class SuggestionFactory(DjangoModelFactory[Suggestion]):
    """An open suggestion on a person's stance."""

    class Meta:
        model = Suggestion

    actor = factory.SubFactory(PersonFactory)
    claim = factory.SubFactory(ClaimFactory)
    value = StanceValue.SUPPORT
    stated_on = date(2024, 2, 26)
    stated_precision = Precision.DAY
    evidence = factory.SubFactory(EvidenceFactory)
    kind = "direct"
    score = 0.7
    extractor = "rules"
    extractor_version = "1"
