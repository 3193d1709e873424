"""Addresses of the workbench, below the admin site's own."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from claims.admin.workbench import decisions, importing, speakers, stance_pages
from claims.admin.workbench.desk import document_page
from claims.admin.workbench.queue import queue

View = Callable[..., Any]
PAGES: list[tuple[str, View, str]] = [
    ("", queue, "queue"),
    ("documents/<int:pk>/", document_page, "document"),
    ("documents/<int:pk>/log/", decisions.log, "log"),
    ("documents/<int:pk>/undo/", decisions.undo_last, "undo_last"),
    ("suggestions/<int:pk>/accept/", decisions.accept, "accept"),
    ("suggestions/<int:pk>/amend/", decisions.amend, "amend"),
    ("suggestions/<int:pk>/reject/", decisions.reject, "reject"),
    ("suggestions/<int:pk>/name/", speakers.name, "name_speaker"),
    ("suggestions/<int:pk>/add-actor/", speakers.add, "add_speaker"),
    ("suggestions/<int:pk>/undo/", decisions.undo, "undo"),
    ("stances/<int:pk>/retract/", stance_pages.retract, "retract"),
    ("stances/<int:pk>/publish/", stance_pages.publish, "publish"),
    ("import/", importing.import_page, "import"),
]


def workbench_urls(guard: Callable[[View], View]) -> list[URLPattern]:
    """Return the addresses with each view behind the admin site's ``guard``."""
    return [
        path(f"workbench/{route}", guard(view), name=f"workbench_{name}")
        for route, view, name in PAGES
    ]
