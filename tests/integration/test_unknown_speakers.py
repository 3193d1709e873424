"""Suggestions of speakers whom no actor is: stored, named, added, accepted."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client

from actors.models import Actor, ActorKind, Alias
from claims.models import Claim, Decision, Stance, Suggestion, SuggestionState
from claims.operations.speakers import (
    ActorRefusedError,
    SpeakerNamedError,
    add_speaker,
    name_speaker,
)
from claims.operations.suggestions import (
    SpeakerUnknownError,
    accept_suggestion,
    record_suggestions,
    reject_suggestion,
)
from extraction.interface import Candidate, Guess, Kind, Span, Unknown, Value
from sources.models import Document
from tests.factories.actors import CountryFactory, PersonFactory
from tests.factories.claims import NOW, ClaimFactory, SuggestionFactory
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NYBERG = Unknown("Lars Nyberg", "person", "Danish foreign minister")


@pytest.fixture
def analyst() -> User:
    return UserFactory.create(role="analyst")


@pytest.fixture
def lead() -> User:
    return UserFactory.create(role="lead")


def unknown(**parts: Any) -> Suggestion:
    """Return an open suggestion of somebody unknown."""
    given = {"actor": None, "mention": "Lars Nyberg", "mention_kind": "person"}
    return SuggestionFactory.create(**given | parts)


def candidate(claim: Claim, **parts: Any) -> Candidate:
    """Return what an engine proposes of Lars Nyberg."""
    given: dict[str, Any] = {"unknown": NYBERG, "confidence": 0.4}
    return Candidate(
        kind=Kind.DIRECT,
        content=(Span(0, 10),),
        claim=claim.slug,
        value=Value.OPPOSE,
        **given | parts,
    )


def record(document: Document, *candidates: Candidate) -> tuple[int, int, int]:
    """Store candidates and return how many were new, known and unusable."""
    done = record_suggestions(
        document=document,
        candidates=candidates,
        extractor_name="rules",
        extractor_version="1",
    )
    return done.inserted, done.unchanged, done.unresolved


# -- storing


def test_an_unknown_speaker_is_stored_as_mentioned_once() -> None:
    document, claim, other = (
        DocumentFactory.create(),
        ClaimFactory.create(),
        ClaimFactory.create(),
    )
    holt = PersonFactory.create(slug="eva-holt")
    found = candidate(
        claim,
        actor_guesses=(Guess("eva-holt", 0.5),),
        claim_guesses=(Guess(claim.slug, 0.9), Guess(other.slug, 0.6)),
    )
    assert record(document, found) == (1, 0, 0)
    assert record(document, found) == (0, 1, 0)
    row = Suggestion.objects.get()
    assert (row.actor, row.speaks_for) == (None, None)
    assert (row.mention, row.mention_kind) == ("Lars Nyberg", "person")
    assert row.mention_description == "Danish foreign minister"
    assert row.actor_guesses == [holt.slug]
    assert row.claim_guesses == [other.slug]
    assert row.speaker == "unknown: Lars Nyberg"


def test_two_unknown_speakers_of_the_same_words_are_two_suggestions() -> None:
    document, claim = DocumentFactory.create(), ClaimFactory.create()
    holm = candidate(claim, unknown=Unknown("Ida Holm"))
    assert record(document, candidate(claim), holm) == (2, 0, 0)


def test_a_candidate_that_names_nobody_is_left_out() -> None:
    assert record(
        DocumentFactory.create(), candidate(ClaimFactory.create(), unknown=None)
    ) == (
        0,
        0,
        1,
    )


def test_a_rejected_stranger_does_not_come_back(analyst: User) -> None:
    document, claim = DocumentFactory.create(), ClaimFactory.create()
    record(document, candidate(claim))
    reject_suggestion(suggestion=Suggestion.objects.get(), by=analyst, now=NOW)
    assert record(document, candidate(claim)) == (0, 1, 0)


def test_reading_again_names_who_was_added_in_the_meantime() -> None:
    document, claim = DocumentFactory.create(), ClaimFactory.create()
    record(document, candidate(claim))
    actor = PersonFactory.create(name="Lars Nyberg", slug="lars-nyberg")
    known = candidate(claim, actor="lars-nyberg", unknown=None)
    assert record(document, known) == (0, 1, 0)
    assert Suggestion.objects.get().actor == actor


@pytest.mark.parametrize(
    ("constraint", "parts"),
    [
        ("claims_suggestion_speaker_named", {"mention": "", "mention_kind": ""}),
        ("claims_suggestion_mention_paired", {"mention_kind": ""}),
        ("claims_suggestion_mention_paired", {"mention_kind": "planet"}),
    ],
)
def test_a_suggestion_has_an_actor_or_a_named_speaker(
    constraint: str, parts: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        unknown(**parts)


def test_one_open_suggestion_a_mention_claim_and_evidence() -> None:
    first = unknown()
    named = "claims_suggestion_one_open_of_unknown"
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        unknown(claim=first.claim, evidence=first.evidence)


# -- naming


def test_nothing_is_accepted_before_somebody_is_chosen(analyst: User) -> None:
    suggestion = unknown()
    with pytest.raises(SpeakerUnknownError, match="Lars Nyberg"):
        accept_suggestion(suggestion=suggestion, by=analyst, now=NOW)
    assert not Stance.objects.exists()


def test_choosing_the_actor_while_accepting_is_no_correction(analyst: User) -> None:
    suggestion, actor = unknown(), PersonFactory.create()
    stance = accept_suggestion(suggestion=suggestion, by=analyst, now=NOW, actor=actor)
    assert stance.actor == actor
    assert suggestion.state == SuggestionState.ACCEPTED
    assert Decision.objects.get().actor_kind == "person"


def test_a_name_given_once_holds_for_the_text(analyst: User) -> None:
    first = unknown()
    document = first.evidence.document
    second = unknown(evidence__document=document, evidence__start=1, evidence__end=3)
    elsewhere, actor = unknown(), PersonFactory.create(name="Lars Nyberg")
    assert name_speaker(suggestion=first, actor=actor, by=analyst) == 2
    second.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (first.actor, second.actor, elsewhere.actor) == (actor, actor, None)
    assert accept_suggestion(suggestion=first, by=analyst, now=NOW).actor == actor


def test_a_country_speaks_for_itself(analyst: User) -> None:
    suggestion, country = unknown(mention_kind="country"), CountryFactory.create()
    name_speaker(suggestion=suggestion, actor=country, by=analyst)
    assert suggestion.speaks_for == country


def test_the_texts_name_becomes_another_name_if_wanted(lead: User) -> None:
    actor = PersonFactory.create(name="Lars Erik Nyberg")
    name_speaker(suggestion=unknown(), actor=actor, by=lead, keep_name=True)
    name_speaker(suggestion=unknown(), actor=actor, by=lead, keep_name=True)
    assert Alias.objects.get().name == "Lars Nyberg"


def test_a_speaker_is_named_once(analyst: User) -> None:
    suggestion = unknown()
    name_speaker(suggestion=suggestion, actor=PersonFactory.create(), by=analyst)
    with pytest.raises(SpeakerNamedError):
        name_speaker(suggestion=suggestion, actor=PersonFactory.create(), by=analyst)


def test_an_actor_whose_suggestion_waits_beside_it_is_refused(analyst: User) -> None:
    first = unknown()
    actor = PersonFactory.create()
    SuggestionFactory.create(claim=first.claim, evidence=first.evidence, actor=actor)
    with pytest.raises(SpeakerNamedError, match="waits beside"):
        name_speaker(suggestion=first, actor=actor, by=analyst)


def test_a_stranger_becomes_an_actor_in_one_step(lead: User) -> None:
    PersonFactory.create(slug="lars-nyberg", name="Another")
    suggestion = unknown()
    actor = add_speaker(
        suggestion=suggestion,
        name="Lars Nyberg",
        kind="person",
        description="Danish foreign minister",
        by=lead,
    )
    assert suggestion.actor == actor
    assert (actor.slug, actor.kind) == ("lars-nyberg-2", ActorKind.PERSON)
    assert actor.description == "Danish foreign minister"
    assert not actor.aliases.exists()


def test_a_new_country_gets_its_code(lead: User) -> None:
    suggestion = unknown(mention="Portugal", mention_kind="country")
    actor = add_speaker(suggestion=suggestion, name="Portugal", kind="country", by=lead)
    assert actor.iso2 == "PT"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("  ", "person", "a name"),
        ("eva holt", "person", "known already"),
        ("Atlantis", "country", "no country"),
        ("Czech Republic", "country", "is that country"),
    ],
)
def test_an_actor_that_cannot_be_added_is_refused(
    lead: User, name: str, kind: str, words: str
) -> None:
    PersonFactory.create(name="Eva Holt")
    CountryFactory.create(name="Czechia", iso2="CZ")
    before = Actor.objects.count()
    with pytest.raises(ActorRefusedError, match=words):
        add_speaker(suggestion=unknown(), name=name, kind=kind, by=lead)
    assert Actor.objects.count() == before


# -- pages


def page_of(client: Client, suggestion: Suggestion) -> str:
    """Return the workbench's page of a suggestion's text."""
    document = suggestion.evidence.document_id
    address = f"/admin/workbench/documents/{document}/?selected={suggestion.pk}"
    return client.get(address).content.decode()


def test_the_workbench_offers_the_ways_to_name_a_stranger(
    client: Client, analyst: User, lead: User
) -> None:
    PersonFactory.create(slug="eva-holt", name="Eva Holt")
    suggestion = unknown(
        actor_guesses=["eva-holt", "gone"], mention_description="banker"
    )
    client.force_login(analyst, "django.contrib.auth.backends.ModelBackend")
    page = page_of(client, suggestion)
    assert "unknown: Lars Nyberg" in page
    assert "Who is “Lars Nyberg”?" in page
    assert ">Eva Holt</button>" in page
    assert "Add as new actor" not in page
    assert f"suggestions/{suggestion.pk}/accept/" not in page
    client.force_login(lead, "django.contrib.auth.backends.ModelBackend")
    page = page_of(client, suggestion)
    assert "Add as new actor" in page
    assert 'value="banker"' in page


def test_a_lead_adds_a_stranger_and_accepts(client: Client, lead: User) -> None:
    suggestion = unknown()
    client.force_login(lead, "django.contrib.auth.backends.ModelBackend")
    base = f"/admin/workbench/suggestions/{suggestion.pk}"
    sent = {"name": "Lars Nyberg", "kind": "person", "description": "minister"}
    added = client.post(f"{base}/add-actor/", sent, follow=True)
    assert "Added Lars Nyberg" in added.content.decode()
    accepted = client.post(f"{base}/accept/", follow=True)
    assert "Accepted: Lars Nyberg" in accepted.content.decode()
    assert Stance.objects.get().actor.name == "Lars Nyberg"


def test_an_analyst_chooses_a_known_actor_but_adds_none(
    client: Client, analyst: User
) -> None:
    suggestion, actor = unknown(), PersonFactory.create()
    client.force_login(analyst, "django.contrib.auth.backends.ModelBackend")
    base = f"/admin/workbench/suggestions/{suggestion.pk}"
    sent = {"name": "Lars Nyberg", "kind": "person"}
    assert client.post(f"{base}/add-actor/", sent).status_code == 403
    told = client.post(
        f"{base}/name/", {"actor": actor.pk, "keep_name": "on"}, follow=True
    )
    assert f"“Lars Nyberg” is {actor}." in told.content.decode()
    assert not Alias.objects.exists()
    missing = client.post(f"{base}/name/", {}, follow=True)
    assert "actor: This field is required." in missing.content.decode()


def test_accepting_a_stranger_opens_the_form_at_the_actor(
    client: Client, analyst: User
) -> None:
    suggestion = unknown()
    client.force_login(analyst, "django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/admin/workbench/suggestions/{suggestion.pk}/accept/")
    assert answer.status_code == 422
    assert "choose first which actor" in answer.content.decode()


def test_the_queue_and_the_list_tell_strangers_apart(
    client: Client, lead: User
) -> None:
    known, stranger = SuggestionFactory.create(), unknown(mention_description="banker")
    client.force_login(lead, "django.contrib.auth.backends.ModelBackend")
    every = client.get("/admin/workbench/").content.decode()
    only = client.get("/admin/workbench/?speaker=unknown").content.decode()
    assert "unknown: Lars Nyberg" in every
    assert f"?selected={known.pk}" in every
    assert f"?selected={stranger.pk}" in only
    assert f"?selected={known.pk}" not in only
    listed = client.get("/admin/claims/suggestion/?actor__isempty=1").content.decode()
    assert "unknown: Lars Nyberg" in listed
    assert str(known.actor) not in listed
