"""Puts the project's own admin site in the place of the stock one."""

from django.contrib.admin.apps import AdminConfig


class StandpointAdminConfig(AdminConfig):
    """The stock admin app with another default site."""

    default_site = "config.admin_site.StandpointAdminSite"

    def ready(self) -> None:
        """Let admin classes name their model: Django's take no type at run time."""
        from django.contrib.admin.options import (  # noqa: PLC0415 - needs loaded apps
            BaseModelAdmin,
        )

        if not hasattr(BaseModelAdmin, "__class_getitem__"):
            BaseModelAdmin.__class_getitem__ = classmethod(  # type: ignore[attr-defined]
                lambda cls, *_: cls
            )
        super().ready()
