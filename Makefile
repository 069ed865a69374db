# make run    set up .venv once, then start the bot: Telegram when CALLCUE_TELEGRAM_TOKEN is set, else in this terminal
# make test   set up what the tests need, then run them all;   make test TESTS=tests/nlp   a part of them
# make lint   what CI checks besides the tests
# make bench  how fast reading is and what memory it takes, as a table (some twenty minutes; best on an idle machine)
# make train  learn the reader's models from nlp/training and the default playbook's cues (about ten minutes)
# Standard output carries the bot's answers and nothing else; whatever is said about setting up goes to standard error.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TESTS ?= tests

.PHONY: run test lint bench train

run: $(VENV)/.can-run
	@exec $(BIN)/python -m bot

test: $(VENV)/.can-test
	@exec $(BIN)/python -m pytest --numprocesses auto --dist loadfile $(TESTS)

lint: $(VENV)/.can-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/callcue playbook check playbooks/default

bench: $(VENV)/.can-test
	@exec $(BIN)/python -m tests.benchmarks

train: $(VENV)/.can-train
	@exec $(BIN)/python -m playbooks.train

$(VENV)/.can-run: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Callcue needs into $(VENV); this happens once and takes about a minute." >&2
	@$(PIP) install --require-hashes --requirement requirements.txt >&2
	@$(PIP) install --no-deps --no-build-isolation --editable . >&2
	@touch $@

# The packages for the tests include all that running needs, so either set-up may come first.
$(VENV)/.can-test: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need into $(VENV); this happens once and takes about a minute." >&2
	@$(PIP) install --require-hashes --requirement requirements-dev.txt >&2
	@$(PIP) install --no-deps --no-build-isolation --editable . >&2
	@touch $@ $(VENV)/.can-run

$(VENV)/.can-train: requirements-train.txt pyproject.toml | $(VENV)/.can-run
	@echo "Installing what training needs into $(VENV); this happens once." >&2
	@$(PIP) install --require-hashes --requirement requirements-train.txt >&2
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Callcue needs Python 3.11 or newer. Name one with: make run PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >&2 || \
		{ rm -rf $(VENV); echo "No virtual environment could be made. On Debian: apt install python3-venv" >&2; exit 1; }
