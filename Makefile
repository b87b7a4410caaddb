# Everything installs itself into .venv; a second call finds the stamp and installs nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV_VERSION := 0.13.9
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install run test lint format bench soak lock clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(VENV)/.dev ## set up .venv with everything that development needs

run: $(VENV)/.run ## start the bot: the playground in a browser, or Discord where DISCORD_TOKEN is set
	@exec $(BIN)/gpu-scout run

test: $(VENV)/.dev ## run all tests
	@exec $(BIN)/python -m pytest -n auto $(ARGS)

lint: $(VENV)/.dev ## check style, types, the direction of imports, and the locale files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/speech/test_keys.py

format: $(VENV)/.dev ## lay out the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## print the figures, each against a floor in the same run (ARGS=start for one of them)
	@exec $(BIN)/python -m benchmarks $(ARGS)

soak: $(VENV)/.dev ## try every fault at length, and print what held (ARGS=kills for one of them)
	@exec $(BIN)/python -m tests.faults $(ARGS)

lock: $(VENV)/.dev ## renew the three locks (hashes, no addresses)
	@$(PIP) install uv==$(UV_VERSION)
	@for lock in ':' 'playground:--extra playground' 'dev:--extra playground --extra dev'; do \
	  name=$${lock%%:*}; extras=$${lock#*:}; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header $$extras \
	    --output-file requirements$${name:+-$$name}.lock pyproject.toml; \
	done

clean: ## remove what was set up and cached (not ./var, where your data is)
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'GPU Scout needs Python 3.11 or newer; set PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# A lock pins what an install takes; --no-deps keeps the editable install from asking for more.
define install-lock
	@echo 'Setting up .venv from $(1) ...'
	@$(PIP) install --require-hashes --requirement $(1)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
endef

$(VENV)/.run: requirements-playground.lock pyproject.toml | $(VENV)/bin/python
	$(call install-lock,requirements-playground.lock)

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(call install-lock,requirements-dev.lock)
	@touch $(VENV)/.run
