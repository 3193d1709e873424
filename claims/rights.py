"""Who may change whose work: asked alike by the admin, the API and the operations."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

from claims.models import Stance

Person = User | AnonymousUser | AbstractBaseUser


def may_amend(user: Person, stance: Stance) -> bool:
    """Analysts amend the stances they logged, leads amend any."""
    return _holds(user, "claims.change_stance") and _own_or_lead(user, stance)


def may_retract(user: Person, stance: Stance) -> bool:
    """Analysts retract the stances they logged, leads retract any."""
    return may_amend(user, stance)


def _own_or_lead(user: Person, stance: Stance) -> bool:
    return stance.coder_id == user.pk or _holds(user, "claims.retract_stance")


def _holds(user: Person, permission: str) -> bool:
    return isinstance(user, User | AnonymousUser) and user.has_perm(permission)
