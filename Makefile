# `make run`, `make test`, `make check`: docs/development.md says what each does.
# Every path below is relative, so the project may lie in a folder with spaces.

SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
ARGS ?=
PY := .venv/bin/python

# A key for checks that must not depend on the environment; it protects nothing.
CHECK_ENV := DATABASE_URL=postgres://check@127.0.0.1:1/check CELERY_BROKER_URL=redis://127.0.0.1:1/0 \
	STANDPOINT_HTTPS=1 STANDPOINT_DEBUG=0 STANDPOINT_ALLOWED_HOSTS=check.invalid \
	STANDPOINT_SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')"

.PHONY: help run test check bench bench-extraction lock demo format schema clean

help:
	@echo "make run [PORT=8000]   start everything, with the demo"
	@echo "make test [ARGS=...]   run the tests (ARGS go to pytest)"
	@echo "make check             lint, types, import contracts, migrations, deploy check, schema"
	@echo "make bench             benchmarks; make bench-extraction: only the extractor's"
	@echo "make demo              load the demo into the database of DATABASE_URL"
	@echo "make format            format code and templates"
	@echo "make schema            write docs/openapi.yaml anew"
	@echo "make lock              resolve the dependencies anew"

run: .venv/.run-installed
	@exec $(PY) manage.py up --host "$(HOST)" --port "$(PORT)" --demo

demo: .venv/.run-installed
	@$(PY) manage.py load_demo

test: .venv/.dev-installed
	@$(PY) -m config.testrun $(ARGS)

bench: .venv/.dev-installed
	@$(PY) -m config.testrun tests/benchmarks -o "python_files=bench_*.py" -s -q $(ARGS)

bench-extraction: .venv/.dev-installed
	@$(PY) -m config.testrun tests/benchmarks/bench_extraction.py -o "python_files=bench_*.py" -s -q $(ARGS)

check: .venv/.dev-installed
	@echo "== ruff (lint)"; $(PY) -m ruff check .
	@echo "== ruff (format)"; $(PY) -m ruff format --check .
	@echo "== djade (templates)"; find . -path ./.venv -prune -o -path ./var -prune -o -path "*/templates/*.html" -print0 \
		| xargs -0 -r .venv/bin/djade --target-version 5.2 --check
	@echo "== import contracts"; PYTHONPATH=. $(PY) -c 'from importlinter.cli import lint_imports_command as run; run()'
	@echo "== mypy"; $(CHECK_ENV) $(PY) -m mypy .
	@echo "== migrations"; $(CHECK_ENV) $(PY) -W "ignore:Got an error checking:RuntimeWarning" manage.py makemigrations --check --dry-run
	@echo "== deploy check"; $(CHECK_ENV) $(PY) manage.py check --deploy --fail-level WARNING
	@echo "== API schema"; $(CHECK_ENV) $(PY) manage.py spectacular --validate --fail-on-warn --file .venv/openapi.yaml \
		&& { cmp -s .venv/openapi.yaml docs/openapi.yaml \
		|| { echo "docs/openapi.yaml is not what the code says: run make schema"; exit 1; }; }
	@echo "== all checks passed"

schema: .venv/.run-installed
	@$(CHECK_ENV) $(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

format: .venv/.dev-installed
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix-only .
	@find . -path ./.venv -prune -o -path ./var -prune -o -path "*/templates/*.html" -print0 \
		| xargs -0 -r .venv/bin/djade --target-version 5.2

lock: .venv/.uv-installed
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.lock
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --extra dev \
		-c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@echo "Removed what make installs; the data in var/ stays."

.venv/.uv-installed: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Standpoint needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 1; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv || { echo "Install Python's venv first: apt-get install python3-venv"; exit 1; }
	@echo "Installing uv into .venv ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

# uv is quick; pip knows settings of a registry that uv does not read
.venv/.run-installed: requirements.lock .venv/.uv-installed
	@echo "Installing the locked dependencies ..."
	@$(PY) -m uv pip install --python $(PY) --require-hashes -r requirements.lock \
		|| $(PY) -m pip install --require-hashes -r requirements.lock
	@touch $@

.venv/.dev-installed: requirements-dev.lock .venv/.run-installed
	@echo "Installing the locked tools for tests and checks ..."
	@$(PY) -m uv pip install --python $(PY) --require-hashes -r requirements-dev.lock \
		|| $(PY) -m pip install --require-hashes -r requirements-dev.lock
	@touch $@
