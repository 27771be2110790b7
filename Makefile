# `make decks` builds the decks, `make test` runs every test; both set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := decks
.PHONY: decks test check lint-accuracy screenshots bench-preview docs test-long clean

decks: $(VENV)/.installed
	$(BIN)/deckgen build

test: $(VENV)/.installed-dev
	BIN=$(BIN) bash tools/test.sh

check: test

lint-accuracy: $(VENV)/.installed-dev
	PYTHONPATH=. $(BIN)/python bench/lint_accuracy.py --verbose

docs: $(VENV)/.installed
	$(BIN)/python -m tools.docs

test-long: $(VENV)/.installed-dev
	DECKGEN_SEQUENCES=2000 $(BIN)/python -m pytest tests/anki/test_study.py

screenshots: $(VENV)/.installed-dev
	PYTHONPATH=. $(BIN)/python tools/screenshots.py

bench-preview: $(VENV)/.installed-dev
	PYTHONPATH=. $(BIN)/python bench/preview.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "deckgen needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python lacks venv (on Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing deckgen and what it needs into $(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests need into $(VENV)"
	$(BIN)/python tools/dev_requirements.py > $(VENV)/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --requirement $(VENV)/dev.txt
	@touch $@
