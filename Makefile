# All a newcomer needs is `make run` and `make test`. `make` alone lists the rest.

PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
SOURCES := $(wildcard config.py wsgi.py coordinator jobs tests bench docs/maintaining)
OLD_PYTHON := Callboard needs Python 3.11 or newer; $(PYTHON) is older. Name another: make PYTHON=python3.12

export UV_PYTHON_DOWNLOADS := never
export FLASK_SKIP_DOTENV := 1
export PYTHONUNBUFFERED := 1
unexport PYTHONDONTWRITEBYTECODE # where it is set, every process of ours would start seconds later

SYNC := $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header
START := exec $(BIN)/honcho start --env /dev/null --port $${PORT:-8000}
SERVED := --no-colour --procfile deploy/serve.procfile

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run serve test soak audit lint faults bench translations lock clean

help: ## list what can be made
	@sed -nE 's/^([a-z]+):.*## /  make \1\t/p' Makefile | expand -t 20

setup: .venv/dev.stamp ## make .venv, with all that running and testing need

run: .venv/run.stamp ## start Callboard here, with the sample night and simulated phones
	@$(BIN)/flask db upgrade
	@$(BIN)/flask sample
	@$(START)

serve: export SIMULATED := $(or $(SIMULATED),0)
serve: .venv/run.stamp ## start Callboard for a real show: no sample, two web workers; refuses without Twilio's settings
	@$(BIN)/flask db upgrade
	@GRANIAN_WORKERS=$${GRANIAN_WORKERS:-2} SAMPLE=0 $(START) $(SERVED)

test: .venv/dev.stamp ## run every test; ARGS="-k changeover" runs some
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(or $(ARGS),--ignore tests/soak)
	@$(if $(ARGS),,$(MAKE) --no-print-directory soak)

soak: .venv/dev.stamp ## let eight people read the longest pages for a minute, on every Python of this machine
	@$(BIN)/python -m pytest tests/soak --numprocesses 2 --dist load --maxschedchunk 1 $(ARGS)

faults: .venv/dev.stamp ## run the fault rehearsals; FAULTS=long at full length
	@$(BIN)/python -m pytest tests/faults -o faulthandler_timeout=0 $(ARGS)

audit: .venv/uv.stamp ## ask the world whether a library that Callboard runs with has a known hole
	@$(BIN)/python docs/maintaining/audit.py

lint: .venv/dev.stamp ## check style, format and types
	@$(BIN)/ruff check --quiet $(SOURCES)
	@$(BIN)/ruff format --quiet --check $(SOURCES)
	@$(BIN)/mypy $(SOURCES)

bench: .venv/dev.stamp ## measure it against its floors
	@$(BIN)/python -m bench $(ARGS)

translations: .venv/dev.stamp ## collect every sentence that people read; names those still to be translated
	@$(BIN)/python -m coordinator.translations

lock: .venv/uv.stamp ## write the hashed locks again after a change in pyproject.toml
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra test --constraint requirements.lock --output-file requirements-dev.lock
	echo pip-audit==2.10.1 | $(LOCK:pyproject.toml=-) --output-file requirements-audit.lock

clean: ## remove .venv, caches and test results; the database in instance/ stays
	rm -rf .venv .venvs .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/uv.stamp: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '$(OLD_PYTHON)' >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
		-r requirements-uv.lock
	@touch $@

.venv/run.stamp: .venv/uv.stamp requirements.lock
	@$(SYNC) requirements.lock
	@rm -f .venv/dev.stamp
	@touch $@

.venv/dev.stamp: .venv/uv.stamp requirements-dev.lock
	@$(SYNC) --compile-bytecode requirements-dev.lock
	@touch .venv/run.stamp $@
