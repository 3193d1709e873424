"""Logging, amending, publishing and retracting stances."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from actors.models import Rank
from claims.models import Evidence, Stance, StanceState, StanceValue
from claims.operations import stances
from claims.operations.stances import (
    amend_stance,
    log_stance,
    publish_stance,
    refusals_in_words,
    retract_stance,
)
from claims.operations.stated_dates import UndatedStanceError
from sources.models import Precision
from tests.factories.actors import (
    AffiliationFactory,
    CountryFactory,
    GroupFactory,
    PersonFactory,
    period,
)
from tests.factories.claims import ClaimFactory, StanceFactory
from tests.factories.sources import DocumentFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def logged(**given: Any) -> Stance:
    """Log a stance on the first word of a new document."""
    fields: dict[str, Any] = {
        "by": None,
        "actor": given.get("actor") or CountryFactory.create(),
        "claim": given.get("claim") or ClaimFactory.create(),
        "value": StanceValue.SUPPORT,
        "document": given.get("document") or DocumentFactory.create(),
        "start": 0,
        "end": 6,
        "stated_on": date(2024, 2, 26),
    } | given
    return log_stance(**fields)


def test_logging_a_stance_stores_the_quoted_words() -> None:
    stance = logged()
    assert stance.evidence.quote == "Report"
    assert stance.state == StanceState.PUBLISHED


def test_offsets_count_code_points_after_an_emoji() -> None:
    document = DocumentFactory.create(body="🇫🇷👍 We support it.")
    stance = logged(document=document, start=4, end=14, quote="We support")
    assert stance.evidence.quote == "We support"


@pytest.mark.parametrize(("start", "end"), [(0, 9999), (5, 5), (9, 3), (-4, 3)])
def test_a_span_outside_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(stances.EvidenceMismatchError, match="Select the words again"):
        logged(start=start, end=end)


def test_a_quote_that_is_not_the_text_at_the_offsets_is_refused() -> None:
    with pytest.raises(
        stances.EvidenceMismatchError, match="not those of the document"
    ):
        logged(quote="Rapport")


def test_the_same_words_cannot_be_logged_twice_for_the_same_actor_and_claim() -> None:
    first = logged()
    with pytest.raises(stances.StanceAlreadyLoggedError):
        logged(actor=first.actor, claim=first.claim, document=first.evidence.document)
    assert Stance.objects.count() == 1
    assert Evidence.objects.count() == 1


def test_retracted_words_can_be_logged_anew() -> None:
    first = logged()
    retract_stance(stance=first, by=None, reason="Wrong claim")
    again = logged(
        actor=first.actor, claim=first.claim, document=first.evidence.document
    )
    assert again.pk != first.pk


def test_a_stance_needs_a_date() -> None:
    with pytest.raises(UndatedStanceError, match="when the statement was made"):
        logged(stated_on=None)


def test_a_stance_needs_a_value_of_the_scale() -> None:
    with pytest.raises(stances.UnknownValueError):
        logged(value="")


def test_a_condition_needs_a_conditional_value() -> None:
    with pytest.raises(stances.UnconditionalConditionError):
        logged(value=StanceValue.SUPPORT, condition="If Kyiv asks")


def test_a_precision_must_be_known() -> None:
    with pytest.raises(stances.UnknownPrecisionError):
        logged(stated_precision="week")


def test_a_date_known_to_the_month_is_stored_as_its_first_day() -> None:
    stance = logged(stated_on=date(2024, 2, 26), stated_precision=Precision.MONTH)
    assert stance.stated_on == date(2024, 2, 1)


def test_a_date_known_to_the_year_is_stored_as_its_first_day() -> None:
    stance = logged(stated_on=date(2024, 2, 26), stated_precision=Precision.YEAR)
    assert stance.stated_on == date(2024, 1, 1)


def test_a_country_speaks_for_itself() -> None:
    country = CountryFactory.create()
    assert logged(actor=country).speaks_for == country


def test_a_person_speaks_by_the_highest_office_of_that_day() -> None:
    person = PersonFactory.create()
    AffiliationFactory.create(person=person, office="MP", rank=Rank.OFFICIAL)
    president = AffiliationFactory.create(person=person)
    assert logged(actor=person).speaks_for == president.speaks_for


def test_a_person_speaks_for_nobody_outside_of_the_term() -> None:
    person = PersonFactory.create()
    AffiliationFactory.create(
        person=person, period=period(date(2017, 5, 14), date(2024, 2, 26))
    )
    assert logged(actor=person).speaks_for is None


def test_an_office_held_in_the_month_counts_when_none_is_held_on_its_last_day() -> None:
    person = PersonFactory.create()
    office = AffiliationFactory.create(
        person=person, period=period(date(2024, 1, 11), date(2024, 9, 21))
    )
    stance = logged(
        actor=person,
        document=DocumentFactory.create(published_on=date(2024, 9, 30)),
        stated_on=date(2024, 9, 1),
        stated_precision=Precision.MONTH,
    )
    assert stance.speaks_for == office.speaks_for


def test_the_office_at_the_end_of_the_year_goes_before_an_earlier_higher_one() -> None:
    person = PersonFactory.create()
    AffiliationFactory.create(
        person=person,
        rank=Rank.HEAD_OF_GOVERNMENT,
        period=period(date(2010, 10, 14), date(2024, 7, 2)),
    )
    later = AffiliationFactory.create(
        person=person,
        rank=Rank.HEAD_OF_ORGANISATION,
        period=period(date(2024, 10, 1), None),
    )
    stance = logged(
        actor=person, stated_on=date(2024, 1, 1), stated_precision=Precision.YEAR
    )
    assert stance.speaks_for == later.speaks_for


def test_the_analyst_may_say_for_whom_a_person_spoke() -> None:
    group = GroupFactory.create()
    assert logged(actor=PersonFactory.create(), speaks_for=group).speaks_for == group


def test_nobody_speaks_for_a_person() -> None:
    with pytest.raises(stances.SpeaksForPersonError):
        logged(actor=PersonFactory.create(), speaks_for=PersonFactory.create())


def test_amending_changes_the_fields_and_counts_the_version() -> None:
    stance = StanceFactory.create()
    amended = amend_stance(
        stance=stance, by=None, version=1, value=StanceValue.OPPOSE, note="Reread"
    )
    assert (amended.value, amended.note, amended.version) == ("oppose", "Reread", 2)


def test_amending_can_choose_other_words_of_the_same_document() -> None:
    stance = StanceFactory.create()
    amended = amend_stance(stance=stance, by=None, version=1, start=0, end=6)
    assert amended.evidence.quote == "Report"


def test_amending_the_date_finds_the_office_of_the_new_day() -> None:
    person = PersonFactory.create()
    office = AffiliationFactory.create(person=person)
    stance = logged(actor=person, stated_on=date(2016, 1, 1))
    assert stance.speaks_for is None
    amended = amend_stance(
        stance=stance, by=None, version=1, stated_on=date(2024, 1, 1)
    )
    assert amended.speaks_for == office.speaks_for


def test_the_second_of_two_amendments_of_the_same_version_is_told() -> None:
    stance = StanceFactory.create()
    amend_stance(stance=stance, by=None, version=1, note="First")
    with pytest.raises(stances.StanceChangedMeanwhileError) as told:
        amend_stance(stance=stance, by=None, version=1, note="Second")
    assert told.value.stance.note == "First"
    stance.refresh_from_db()
    assert stance.note == "First"


def test_amending_into_a_stance_that_exists_is_refused() -> None:
    first = logged()
    second = logged(actor=first.actor, document=first.evidence.document)
    with pytest.raises(stances.StanceAlreadyLoggedError):
        amend_stance(stance=second, by=None, version=1, claim=first.claim)


def test_amending_what_is_no_part_of_a_stance_is_a_mistake_in_the_program() -> None:
    with pytest.raises(TypeError, match="coder"):
        amend_stance(stance=StanceFactory.create(), by=None, version=1, coder=None)


def test_a_retracted_stance_cannot_be_amended() -> None:
    stance = StanceFactory.create()
    retract_stance(stance=stance, by=None, reason="Misread")
    with pytest.raises(stances.StanceRetractedError, match="Misread"):
        amend_stance(stance=stance, by=None, version=2, note="Too late")


def test_publishing_a_draft_twice_changes_it_once() -> None:
    stance = StanceFactory.create(state=StanceState.DRAFT)
    assert publish_stance(stance=stance, by=None).version == 2
    assert publish_stance(stance=stance, by=None).version == 2
    assert stance.state == StanceState.PUBLISHED


def test_a_retracted_stance_cannot_be_published() -> None:
    stance = StanceFactory.create()
    retract_stance(stance=stance, by=None, reason="Misread")
    with pytest.raises(stances.StanceRetractedError):
        publish_stance(stance=stance, by=None)


def test_a_retraction_needs_its_reason() -> None:
    stance = StanceFactory.create()
    with pytest.raises(stances.ReasonMissingError):
        retract_stance(stance=stance, by=None, reason="  ")
    assert Stance.objects.published().count() == 1


def test_a_second_retraction_is_told_of_the_first() -> None:
    stance = StanceFactory.create()
    retract_stance(stance=stance, by=None, reason="Misread")
    with pytest.raises(stances.StanceRetractedError, match="Misread"):
        retract_stance(stance=stance, by=None, reason="Another reason")


@pytest.mark.parametrize(("role", "allowed"), [("analyst", False), ("lead", True)])
def test_only_a_lead_changes_what_another_analyst_logged(
    role: str, allowed: bool
) -> None:
    stance = StanceFactory.create(coder=UserFactory.create(role="analyst"))
    other = UserFactory.create(role=role)
    if allowed:
        amend_stance(stance=stance, by=other, version=1, note="Checked")
        retract_stance(stance=stance, by=other, reason="Misread")
    else:
        with pytest.raises(stances.NotYoursError):
            amend_stance(stance=stance, by=other, version=1, note="Checked")
        with pytest.raises(stances.NotYoursError):
            retract_stance(stance=stance, by=other, reason="Misread")
        with pytest.raises(stances.NotYoursError):
            publish_stance(stance=stance, by=other)


def test_an_analyst_retracts_the_own_stance() -> None:
    analyst = UserFactory.create(role="analyst")
    stance = StanceFactory.create(coder=analyst)
    assert retract_stance(stance=stance, by=analyst, reason="Misread").state == (
        StanceState.RETRACTED
    )


def test_a_violated_constraint_without_words_passes_through() -> None:
    stance = StanceFactory.create()
    state_known = pytest.raises(IntegrityError, match="claims_stance_state_known")
    with state_known, refusals_in_words():
        Stance.objects.filter(pk=stance.pk).update(state="lost")
