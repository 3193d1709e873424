"""Say who an unknown speaker is: an actor that is known, or a new one."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from actors.models import Actor, ActorKind, Alias
from claims.models import Suggestion
from claims.models.suggestions import SuggestionQuerySet
from claims.operations.history import as_done_by
from claims.refusals import StanceRefusedError
from extraction.countries import named

LONGEST_SLUG = 80


class SpeakerNamedError(StanceRefusedError):
    """The suggestion has its actor already, or that actor's is waiting beside it."""

    field = "actor"


class ActorRefusedError(StanceRefusedError):
    """The proposed actor cannot be added as it is."""

    field = "name"


def name_speaker(
    *,
    suggestion: Suggestion,
    actor: Actor,
    by: User | None,
    keep_name: bool = False,
) -> int:
    """Give ``actor`` to an unknown speaker's open suggestions on the same text.

    Returns how many got it. ``keep_name`` makes the text's name one of the actor's
    names, so that later texts are read with it. Raises SpeakerNamedError.
    """
    with transaction.atomic(), as_done_by(by):
        rows = list(_waiting_beside(suggestion).select_for_update(of=("self",)))
        fitting = [row for row in rows if not _is_suggested(row, actor)]
        if suggestion.pk not in {row.pk for row in fitting}:
            raise SpeakerNamedError(
                "This suggestion has been decided or named in the meantime, or the same "
                f"stance of {actor} waits beside it: reject one of the two."
            )
        for row in fitting:
            row.actor = actor
            row.speaks_for = None if actor.kind == ActorKind.PERSON else actor
            row.save(update_fields=["actor", "speaks_for"])
        if keep_name:
            _keep_name(actor, suggestion.mention)
    suggestion.refresh_from_db()
    return len(fitting)


def add_speaker(
    *,
    suggestion: Suggestion,
    name: str,
    kind: str,
    description: str = "",
    by: User | None,
) -> Actor:
    """Add an unknown speaker as a new actor and give him his suggestions.

    Raises ActorRefusedError or SpeakerNamedError.
    """
    name = name.strip()
    with transaction.atomic(), as_done_by(by):
        _refuse_known(name)
        actor = Actor.objects.create(
            slug=_free_slug(name),
            kind=kind,
            name=name,
            iso2=_iso2(name) if kind == ActorKind.COUNTRY else None,
            description=description.strip(),
        )
        other = name.casefold() != suggestion.mention.casefold()
        name_speaker(suggestion=suggestion, actor=actor, by=by, keep_name=other)
    return actor


def _waiting_beside(suggestion: Suggestion) -> SuggestionQuerySet:
    document = suggestion.evidence.document_id
    return Suggestion.objects.open().filter(
        actor=None, mention=suggestion.mention, evidence__document=document
    )


def _is_suggested(row: Suggestion, actor: Actor) -> bool:
    same = Suggestion.objects.open().filter(
        claim=row.claim_id, evidence=row.evidence_id
    )
    return same.filter(actor=actor).exists()


def names_of(actor: Actor) -> set[str]:
    """Return every name of an actor, folded."""
    aliases = actor.aliases.values_list("name", flat=True)
    return {actor.name.casefold(), *(name.casefold() for name in aliases)}


def _keep_name(actor: Actor, name: str) -> None:
    if name.casefold() not in names_of(actor):
        Alias.objects.create(actor=actor, name=name)


def _refuse_known(name: str) -> None:
    if not name:
        raise ActorRefusedError("Give the new actor a name.")
    twin = Actor.objects.filter(name__iexact=name).first()
    if twin is not None:
        raise ActorRefusedError(f"{twin} is known already: choose it from the list.")


def _free_slug(name: str) -> str:
    """Return the name as a slug, numbered where another actor has it."""
    base = slugify(name)[: LONGEST_SLUG - 4] or "actor"
    taken = set(
        Actor.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(s for s in numbered if s not in taken)


def _iso2(name: str) -> str:
    country = named({name})
    code = country.code.upper() if country else ""
    if not code:
        raise ActorRefusedError(
            f"“{name}” is no country of the ISO list: choose another kind."
        )
    if twin := Actor.objects.filter(iso2=code).first():
        raise ActorRefusedError(f"{twin} is that country: choose it from the list.")
    return code
