# Everything a newcomer needs: `make run` and `make test`. The rest is listed by `make`.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

# A machine's own interpreter or none: uv must not fetch one.
export UV_PYTHON_DOWNLOADS := never
LOCKING := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help setup lock

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: .venv/dev.stamp ## Make .venv with everything that running and testing needs

.venv/uv.stamp: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Callboard needs Python 3.11 or newer; this is %s. Name another with make PYTHON=..." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-uv.lock
	@touch $@

.venv/run.stamp: .venv/uv.stamp requirements.lock
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@touch $@

.venv/dev.stamp: .venv/uv.stamp requirements-dev.lock
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	@touch $@ .venv/run.stamp

lock: .venv/uv.stamp ## Write the hashed locks again after a change in pyproject.toml
	$(LOCKING) --output-file requirements.lock
	$(LOCKING) --extra test --constraint requirements.lock --output-file requirements-dev.lock
