"""Reading a stored document: what the extractor gets, and what becomes of its candidates."""

from datetime import date

import pytest

from claims.models import ClaimStatus, Suggestion
from claims.operations.extracting import (
    EXTRACT,
    extract_document,
    known_actors,
    known_claims,
)
from extraction.interface import (
    Candidate,
    Document,
    Kind,
    KnownActor,
    KnownClaim,
    Name,
    Office,
    Span,
    Value,
)
from jobs.kinds import work_of
from jobs.models import Job
from sources.announcements import document_stored
from tests.factories.actors import AffiliationFactory, AliasFactory, MembershipFactory
from tests.factories.claims import ClaimFactory, ExamplePhraseFactory
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db


class FirstWord:
    """Proposes that the first actor supports the first claim with the first word."""

    name = "first-word"
    version = "7"

    def extract(
        self, document: Document, names: list[KnownActor], claims: list[KnownClaim]
    ) -> list[Candidate]:
        """Propose one stance."""
        return [
            Candidate(
                kind=Kind.DIRECT,
                content=(Span(0, 6),),
                claim=claims[0].slug,
                actor=names[0].slug,
                value=Value.SUPPORT,
                stated_on=document.published_on,
            )
        ]


def test_reading_a_document_twice_stores_its_suggestions_once() -> None:
    document = DocumentFactory.create()
    AffiliationFactory.create()
    ClaimFactory.create()
    first = extract_document(document.pk, extractor=FirstWord())()
    second = extract_document(document.pk, extractor=FirstWord())()
    assert first.startswith("1 new suggestions")
    assert second.startswith("0 new suggestions, 1 known already")
    suggestion = Suggestion.objects.get()
    assert (suggestion.extractor, suggestion.extractor_version) == ("first-word", "7")
    assert suggestion.stated_on == date(2024, 3, 1)


def test_a_text_that_the_rules_cannot_read_says_so() -> None:
    ClaimFactory.create()
    document = DocumentFactory.create(language="uk")
    assert "Ukrainian" in work_of(EXTRACT)(document_id=document.pk)()


def test_nothing_is_stored_before_the_job_commits() -> None:
    document = DocumentFactory.create()
    AffiliationFactory.create()
    ClaimFactory.create()
    extract_document(document.pk, extractor=FirstWord())
    assert not Suggestion.objects.exists()


def test_the_extractor_gets_names_offices_and_members() -> None:
    office = AffiliationFactory.create()
    alias = AliasFactory.create(actor=office.person, kind="spelling")
    membership = MembershipFactory.create(member=office.speaks_for)
    by_slug = {actor.slug: actor for actor in known_actors()}
    person = by_slug[office.person.slug]
    assert person.aliases == (Name(alias.name, "spelling"),)
    assert person.offices == (
        Office(
            speaks_for=office.speaks_for.slug,
            office="President",
            rank="head_of_state",
            start=date(2017, 5, 14),
            end=None,
        ),
    )
    assert by_slug[membership.group.slug].members == (office.speaks_for.slug,)


def test_the_extractor_gets_only_tracked_claims_with_their_phrases() -> None:
    phrase = ExamplePhraseFactory.create()
    ClaimFactory.create(status=ClaimStatus.CLOSED)
    (claim,) = known_claims()
    assert (claim.slug, claim.phrases) == (phrase.claim.slug, (phrase.text,))


def test_a_stored_document_is_queued_for_reading_once() -> None:
    document = DocumentFactory.create()
    document_stored.send(sender=type(document), document=document)
    document_stored.send(sender=type(document), document=document)
    job = Job.objects.get(kind=EXTRACT)
    assert job.payload == {"document_id": document.pk}
    assert work_of(EXTRACT) is extract_document


def test_the_actors_are_read_in_a_few_queries(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for _ in range(3):
        AliasFactory.create(actor=AffiliationFactory.create().person)
        MembershipFactory.create()
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        known_actors()
