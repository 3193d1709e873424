"""The container files name only what the project has."""

import importlib
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from config.programs import QUEUES

ROOT = Path(__file__).resolve().parents[2]
OURS = ("migrate", "web", "worker", "beat")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
MODULES = {"gunicorn": "gunicorn", "celery": "celery", "python": "django"}


def image_command() -> list[str]:
    """What the image runs where the compose file names no command."""
    found = re.search(r"^CMD (\[.*?\])$", DOCKERFILE.replace("\\\n", " "), re.MULTILINE)
    assert found
    return [str(word) for word in yaml.safe_load(found[1])]


def commands() -> list[list[str]]:
    """Every command that one of our containers runs, health checks included."""
    lines = [SERVICES[name].get("command", image_command()) for name in OURS]
    checks = [SERVICES[name].get("healthcheck", {}).get("test") for name in OURS]
    lines += [check[1:] for check in checks if check]
    shells = [line[2].split(" && ") for line in lines if line[0] == "sh"]
    plain = [line for line in lines if line[0] != "sh"]
    return plain + [part.split() for parts in shells for part in parts]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_exists_in_the_project(command: list[str]) -> None:
    assert importlib.util.find_spec(MODULES[command[0]])
    if command[:2] == ["python", "manage.py"]:
        assert (ROOT / "manage.py").is_file()
        assert command[2] in get_commands()
    if command[0] == "celery":
        assert command[1:3] == ["-A", "config"]
        assert (ROOT / "config" / "celery.py").is_file()
    if command[0] == "gunicorn":
        assert command[1] == "config.wsgi:application"
        assert (ROOT / "config" / "wsgi.py").is_file()


def test_the_worker_takes_from_the_same_queues_as_the_one_of_up() -> None:
    command = SERVICES["worker"]["command"]
    assert command[command.index("-Q") + 1] == ",".join(QUEUES)


def test_published_bound_and_probed_ports_are_one() -> None:
    bound = image_command()[image_command().index("--bind") + 1].rpartition(":")[2]
    published = [port.rpartition(":")[2] for port in SERVICES["web"]["ports"]]
    assert published == [bound]
    assert f"EXPOSE {bound}" in DOCKERFILE
    assert bound == importlib.import_module("config.probe").DEFAULT_PORT


def test_servers_are_addressed_by_service_and_standard_port() -> None:
    environment = SERVICES["web"]["environment"]
    assert "@postgres:5432/" in environment["DATABASE_URL"]
    assert "@redis:6379/" in environment["CELERY_BROKER_URL"]
    assert {"postgres", "redis"} < SERVICES.keys()


def names_read_by_the_project() -> set[str]:
    """Environment names that the settings and the runtime read."""
    text = "\n".join(
        path.read_text(encoding="utf8") for path in ROOT.glob("config/*.py")
    )
    return set(re.findall(r'"((?:STANDPOINT|DATABASE|CELERY)_[A-Z_]+)"', text))


@pytest.mark.parametrize("service", OURS)
def test_every_environment_name_is_read_by_the_project(service: str) -> None:
    assert set(SERVICES[service]["environment"]) - names_read_by_the_project() == set()


def test_every_variable_of_the_compose_file_is_in_the_example_file() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf8")
    offered = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE)) == offered


def test_no_secret_is_written_down() -> None:
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)([^}]*)\}", COMPOSE)
    assert secrets
    assert all(rest.startswith(":?") for _, rest in secrets)
    example = (ROOT / ".env.example").read_text(encoding="utf8")
    assert re.findall(r"^\w*(?:PASSWORD|SECRET)\w*=.+$", example, re.MULTILINE) == []


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_service_has_a_health_check_and_no_root(service: str) -> None:
    parts = SERVICES[service]
    own_image = service in OURS
    assert parts.get("user", "") not in {"root", "0"}
    assert own_image or parts["user"]
    assert re.search(r"^USER standpoint$", DOCKERFILE, re.MULTILINE)
    assert "healthcheck" in parts or "HEALTHCHECK" in DOCKERFILE


def test_redis_keeps_an_append_only_file() -> None:
    assert "--appendonly yes" in " ".join(SERVICES["redis"]["command"])


def test_the_image_installs_by_hash_and_serves_collected_files() -> None:
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert "collectstatic" in DOCKERFILE
    assert settings.WSGI_APPLICATION == "config.wsgi.application"
