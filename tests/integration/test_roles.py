"""Who may do what: the whole matrix of roles and addresses against a table."""

from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver

from claims.admin.workbench.urls import PAGES
from claims.models import ModelUse
from config import roles
from config.roles import ROLES, UnknownPermissionError, give_role, role_of, sync_roles
from tests.factories.claims import StanceFactory, SuggestionFactory
from tests.factories.learning import learned_weights
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
WHO = ["nobody", "viewer", "analyst", "lead", "admin"]
IN, OUT, NO, GONE = 200, 302, 403, 405

# address: what a GET answers to nobody, viewer, analyst, lead and admin
#   302 at nobody and viewer: to the login, as only staff enters the admin site
TABLE: dict[str, tuple[int, int, int, int, int]] = {
    "/admin/": (OUT, NO, IN, IN, IN),
    "/admin/workbench/": (OUT, NO, IN, IN, IN),
    "/admin/workbench/documents/{document}/": (OUT, NO, IN, IN, IN),
    "/admin/workbench/documents/{document}/log/": (OUT, NO, OUT, OUT, OUT),
    "/admin/workbench/documents/{document}/undo/": (OUT, NO, GONE, GONE, GONE),
    "/admin/workbench/suggestions/{suggestion}/accept/": (OUT, NO, GONE, GONE, GONE),
    "/admin/workbench/suggestions/{suggestion}/amend/": (OUT, NO, OUT, OUT, OUT),
    "/admin/workbench/suggestions/{suggestion}/name/": (OUT, NO, GONE, GONE, GONE),
    "/admin/workbench/suggestions/{suggestion}/add-actor/": (OUT, NO, NO, GONE, GONE),
    "/admin/workbench/suggestions/{suggestion}/reject/": (OUT, NO, GONE, GONE, GONE),
    "/admin/workbench/suggestions/{suggestion}/undo/": (OUT, NO, GONE, GONE, GONE),
    "/admin/workbench/stances/{stance}/retract/": (OUT, NO, IN, IN, IN),
    "/admin/workbench/stances/{stance}/publish/": (OUT, NO, GONE, GONE, GONE),
    "/admin/workbench/import/": (OUT, NO, NO, IN, IN),
    "/admin/claims/stance/": (OUT, NO, IN, IN, IN),
    "/admin/claims/stance/{stance}/change/": (OUT, NO, IN, IN, IN),
    "/admin/claims/stance/add/": (OUT, NO, NO, NO, NO),
    "/admin/claims/stance/{stance}/delete/": (OUT, NO, NO, NO, NO),
    "/admin/claims/suggestion/": (OUT, NO, IN, IN, IN),
    "/admin/claims/suggestion/add/": (OUT, NO, NO, NO, NO),
    "/admin/claims/suggestion/{suggestion}/delete/": (OUT, NO, NO, NO, NO),
    "/admin/claims/learnedweights/": (OUT, NO, IN, IN, IN),
    "/admin/claims/learnedweights/{weights}/change/": (OUT, NO, IN, IN, IN),
    "/admin/claims/learnedweights/add/": (OUT, NO, NO, NO, NO),
    "/admin/claims/learnedweights/{weights}/delete/": (OUT, NO, NO, NO, NO),
    "/admin/claims/modeluse/": (OUT, NO, NO, IN, IN),
    "/admin/claims/modeluse/{use}/change/": (OUT, NO, NO, IN, IN),
    "/admin/claims/modeluse/add/": (OUT, NO, NO, NO, NO),
    "/admin/claims/modeluse/{use}/delete/": (OUT, NO, NO, NO, NO),
    "/admin/claims/claim/": (OUT, NO, IN, IN, IN),
    "/admin/claims/claim/add/": (OUT, NO, NO, IN, IN),
    "/admin/claims/claim/{claim}/delete/": (OUT, NO, NO, NO, NO),
    "/admin/actors/actor/": (OUT, NO, IN, IN, IN),
    "/admin/actors/actor/add/": (OUT, NO, NO, IN, IN),
    "/admin/actors/actor/{actor}/delete/": (OUT, NO, NO, NO, NO),
    "/admin/auth/user/": (OUT, NO, NO, NO, IN),
    "/admin/auth/user/add/": (OUT, NO, NO, NO, IN),
    "/admin/auth/group/": (OUT, NO, NO, NO, IN),
    "/admin/auth/group/add/": (OUT, NO, NO, NO, NO),
}


def logged_in(client: Client, who: str) -> Client:
    """Log an account of a role in; nobody stays outside."""
    if who != "nobody":
        user = UserFactory.create(role=who)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def rows() -> dict[str, int]:
    """Rows that the addresses name."""
    suggestion = SuggestionFactory.create()
    stance = StanceFactory.create()
    return {
        "document": suggestion.evidence.document_id,
        "suggestion": suggestion.pk,
        "stance": stance.pk,
        "weights": learned_weights().pk,
        "use": ModelUse.objects.create().pk,
        "claim": stance.claim_id,
        "actor": stance.actor_id,
    }


@pytest.mark.parametrize("who", WHO)
def test_each_role_reaches_exactly_its_pages(
    client: Client, rows: dict[str, int], who: str
) -> None:
    client = logged_in(client, who)
    reached = {
        address: client.get(address.format(**rows)).status_code for address in TABLE
    }
    place = WHO.index(who)
    assert reached == {address: row[place] for address, row in TABLE.items()}


def test_every_page_of_the_workbench_is_in_the_table() -> None:
    places = {"documents": "document", "suggestions": "suggestion", "stances": "stance"}
    for route, _, _ in PAGES:
        thing = places.get(route.split("/")[0], "")
        address = "/admin/workbench/" + route.replace("<int:pk>", "{" + thing + "}")
        assert address in TABLE


def test_only_the_admin_site_leads_to_the_workbench() -> None:
    names = get_resolver().reverse_dict
    assert not [name for name in names if str(name).startswith("workbench_")]


WRITES = [
    ("/admin/workbench/suggestions/{suggestion}/accept/", "analyst"),
    ("/admin/workbench/suggestions/{suggestion}/reject/", "analyst"),
    ("/admin/workbench/suggestions/{suggestion}/undo/", "analyst"),
    ("/admin/workbench/suggestions/{suggestion}/name/", "analyst"),
    ("/admin/workbench/suggestions/{suggestion}/add-actor/", "lead"),
    ("/admin/workbench/suggestions/{suggestion}/amend/", "analyst"),
    ("/admin/workbench/documents/{document}/log/", "analyst"),
    ("/admin/workbench/documents/{document}/undo/", "analyst"),
    ("/admin/workbench/stances/{stance}/retract/", "analyst"),
    ("/admin/workbench/stances/{stance}/publish/", "analyst"),
    ("/admin/workbench/import/", "lead"),
]


@pytest.mark.parametrize(("address", "least"), WRITES)
def test_staff_without_the_role_writes_nothing(
    client: Client, rows: dict[str, int], address: str, least: str
) -> None:
    lower = WHO[WHO.index(least) - 1]
    user = UserFactory.create(role=lower, is_staff=True)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert client.post(address.format(**rows)).status_code == NO


@pytest.mark.parametrize("address", [address for address, _ in WRITES])
def test_nothing_is_written_without_the_token_against_forgery(
    rows: dict[str, int], address: str
) -> None:
    client = logged_in(Client(enforce_csrf_checks=True), "admin")
    assert client.post(address.format(**rows)).status_code == NO


def test_the_table_of_roles_is_what_the_groups_hold() -> None:
    sync_roles()
    for role, names in ROLES.items():
        held = Permission.objects.filter(group__name=role)
        assert {f"{p.content_type.app_label}.{p.codename}" for p in held} == names


def test_syncing_twice_changes_nothing_and_takes_back_what_was_added() -> None:
    sync_roles()
    assert sync_roles() == roles.Synced(0, 0)
    extra = Permission.objects.get(codename="delete_session")
    Group.objects.get(name="viewer").permissions.add(extra)
    assert sync_roles() == roles.Synced(0, 1)


def test_a_permission_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(roles.ROLES, "viewer", frozenset({"claims.fly_stance"}))
    with pytest.raises(UnknownPermissionError, match=r"claims\.fly_stance"):
        sync_roles()


def test_each_role_may_do_all_that_the_one_below_may() -> None:
    order = list(ROLES.values())
    assert all(low < high for low, high in pairwise(order))


def test_nobody_below_admin_touches_accounts() -> None:
    for role in ("viewer", "analyst", "lead"):
        assert not [name for name in ROLES[role] if name.startswith("auth.")]


def test_giving_a_role_takes_the_earlier_one() -> None:
    user = UserFactory.create(role="lead")
    give_role(user=user, role="viewer")
    assert (role_of(user), user.is_staff) == ("viewer", False)


def test_the_command_makes_an_account_that_can_log_in(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_user", "anna", role="analyst")
    password = capsys.readouterr().out.split("password ")[1].strip()
    user = User.objects.get(username="anna")
    assert user.check_password(password)
    assert (role_of(user), user.is_staff) == ("analyst", True)


def test_the_command_refuses_a_taken_name_and_keeps_the_account() -> None:
    call_command("create_user", "anna", role="analyst")
    with pytest.raises(CommandError, match="choose another name"):
        call_command("create_user", "anna", role="admin")
    call_command("create_user", "anna", role="admin", if_missing=True)
    assert role_of(User.objects.get(username="anna")) == "analyst"


# Accounts in the admin site


def account(**given: Any) -> dict[str, Any]:
    """Fill in the form of a new account."""
    return {
        "username": "berta",
        "role": "analyst",
        "usable_password": "true",
        "password1": "a long enough sentence",
        "password2": "a long enough sentence",
    } | given


def test_an_admin_makes_an_account_with_a_role(client: Client) -> None:
    logged_in(client, "admin").post("/admin/auth/user/add/", account())
    assert role_of(User.objects.get(username="berta")) == "analyst"


def test_an_admin_changes_the_role_of_an_account(client: Client) -> None:
    user = UserFactory.create(role="analyst")
    changed = {"username": user.username, "role": "lead", "is_active": "on"}
    logged_in(client, "admin").post(f"/admin/auth/user/{user.pk}/change/", changed)
    assert role_of(User.objects.get(pk=user.pk)) == "lead"


def test_an_admin_can_make_nobody_a_superuser(client: Client) -> None:
    posted = account(is_superuser="on")
    logged_in(client, "admin").post("/admin/auth/user/add/", posted)
    assert not User.objects.get(username="berta").is_superuser


def test_an_admin_cannot_take_over_a_superuser(client: Client) -> None:
    root = UserFactory.create(is_superuser=True, is_staff=True)
    client = logged_in(client, "admin")
    posted = {
        "password1": "a long enough sentence",
        "password2": "a long enough sentence",
    }
    answer = client.post(f"/admin/auth/user/{root.pk}/password/", posted)
    assert answer.status_code in {302, 403, 404}
    assert not User.objects.get(pk=root.pk).check_password("a long enough sentence")
