"""Accounts in the admin site: an admin chooses a role, nobody hands out single permissions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import (
    GroupAdmin,
    UserAdmin,
)
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from config.roles import ROLE_CHOICES, give_role, role_of

admin.site.unregister(User)
admin.site.unregister(Group)


def role_field() -> forms.ChoiceField:
    """Return a choice of one role."""
    return forms.ChoiceField(choices=ROLE_CHOICES, widget=forms.RadioSelect)


class NewAccountForm(AdminUserCreationForm):
    """An account with its role from the start."""

    role = role_field()


class AccountForm(UserChangeForm):  # type: ignore[type-arg]
    """An account with its role as it is."""

    role = role_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the role that the account has."""
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].initial = role_of(self.instance)


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Deleting an account keeps its work; switching it off is usually better."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ("username", "email", "role", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    ordering = ("username",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("What the account may do", {"fields": ("role", "is_active")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    ]
    add_fieldsets = [
        (None, {"fields": ("username", "role", "usable_password")}),
        ("Password", {"fields": ("password1", "password2")}),
    ]

    @admin.display(description="role")
    def role(self, user: User) -> str:
        """Name the account's role."""
        return role_of(user) or ("superuser" if user.is_superuser else "none")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Keep superusers out of the hands of admins: they may do more than these."""
        rows = super().get_queryset(request).prefetch_related("groups")
        return rows if request.user.is_superuser else rows.filter(is_superuser=False)

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: Any,
        change: bool,  # noqa: FBT001 - as Django calls it
    ) -> None:
        """Save the account, then give it its role."""
        super().save_model(request, obj, form, change)
        if role := form.cleaned_data.get("role"):
            give_role(user=obj, role=role)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles are filled by `manage.py sync_roles` from one table; here they are only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a role comes from the table."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Group | None = None
    ) -> bool:
        """Never: a change here would be undone by the next sync."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Group | None = None
    ) -> bool:
        """Never: accounts have these roles."""
        return False
