"""What the house rules promise of the whole tree: constraints tested, interfaces documented."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db.models import Model
from django.urls import URLResolver, get_resolver

from config.celery import app as celery_app

ROOT = Path(__file__).resolve().parents[2]
OURS = ("jobs", "sources", "actors", "claims")


def texts_below(folder: str, pattern: str) -> str:
    """Return all texts of a folder as one."""
    return "\n".join(
        path.read_text(encoding="utf8")
        for path in sorted((ROOT / folder).rglob(pattern))
    )


def own_models() -> list[type[Model]]:
    """Models that we wrote: without the history tables."""
    return [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.endswith("Event")
    ]


def constraint_names() -> list[str]:
    """Names of all constraints of our models."""
    return sorted(c.name for m in own_models() for c in m._meta.constraints)


@pytest.mark.parametrize("name", constraint_names())
def test_every_constraint_is_named_in_an_integration_test(name: str) -> None:
    assert name in texts_below("tests/integration", "*.py")


@pytest.mark.parametrize("name", constraint_names())
def test_every_constraint_is_named_after_app_model_and_rule(name: str) -> None:
    app, model, rule = name.split("_", 2)
    assert app in OURS
    assert rule
    assert model in {m.__name__.lower() for m in own_models()}


@pytest.mark.parametrize(
    "command",
    sorted(name for name, app in get_commands().items() if app in (*OURS, "config")),
)
def test_every_command_is_documented(command: str) -> None:
    assert f"manage.py {command}" in texts_below("docs", "*.md")


def own_tasks() -> list[str]:
    """Names of our Celery tasks, found as a worker finds them."""
    celery_app.loader.import_default_modules()
    return sorted(t for t in celery_app.tasks if t.split(".")[0] in OURS)


@pytest.mark.parametrize("task", own_tasks())
def test_every_task_is_documented(task: str) -> None:
    assert task in texts_below("docs", "*.md")


def environment_variables() -> list[str]:
    """Names of our own variables that the configuration reads."""
    code = texts_below("config", "*.py")
    return sorted(set(re.findall(r"\bSTANDPOINT_[A-Z_]*[A-Z]\b", code)))


@pytest.mark.parametrize("variable", environment_variables())
def test_every_environment_variable_is_documented(variable: str) -> None:
    assert variable in (ROOT / "docs" / "operations.md").read_text(encoding="utf8")


def api_routes(resolver: URLResolver, prefix: str = "") -> list[str]:
    """All routes below /api/v1/ as Django writes them."""
    found = []
    for part in resolver.url_patterns:
        route = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            found += api_routes(part, route)
        elif route.startswith("api/v1/"):
            found.append(route)
    return found


def test_every_resource_of_the_api_is_documented() -> None:
    documented = texts_below("docs", "*.md") + texts_below("docs", "openapi.yaml")
    resources = {
        route.removeprefix("api/v1/").lstrip("^").split("/")[0]
        for route in api_routes(get_resolver())
    } - {"", "(?P<format>\\.[a-z0-9]+)"}
    plain = {r for r in resources if r.replace("-", "").isalnum()}
    assert plain
    assert {r for r in plain if f"/api/v1/{r}" not in documented} == set()
