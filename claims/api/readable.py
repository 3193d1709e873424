"""Which rows a person may read: published ones, or all for those who code."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from claims.models import Claim, ClaimStatus, Stance, StanceQuerySet
from sources.models import Document

Person = AbstractBaseUser | AnonymousUser


def holds(user: Person, right: str) -> bool:
    """Whether a person's role has a right."""
    return bool(getattr(user, "has_perm", lambda _: False)(right))


def codes(user: Person) -> bool:
    """Whether a person logs stances and so sees drafts and retracted ones."""
    return holds(user, "claims.add_stance")


def readable_claims(user: Person) -> QuerySet[Claim]:
    """Claims that are not drafts; for coders all."""
    if codes(user):
        return Claim.objects.all()
    return Claim.objects.exclude(status=ClaimStatus.DRAFT)


def readable_stances(user: Person) -> StanceQuerySet:
    """Published stances on claims that are not drafts; for coders all."""
    if codes(user):
        return Stance.objects.all()
    return Stance.objects.published().exclude(claim__status=ClaimStatus.DRAFT)


def readable_documents(user: Person) -> QuerySet[Document]:
    """Documents that a readable stance cites; for those who may view documents all."""
    if holds(user, "sources.view_document"):
        return Document.objects.all()
    citing = readable_stances(user).filter(evidence__document=OuterRef("pk"))
    return Document.objects.filter(Exists(citing))
