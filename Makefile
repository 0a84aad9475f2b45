# `make demo` and `make test` do everything, from an empty machine with CPython ≥ 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test format exports benchmarks clean

# Collects a sample article into a workspace of its own, prints the best candidates and leaves
# a workbook and a deck in exports/demo/.
demo: $(VENV)/installed
	rm -rf build/demo exports/demo
	$(BIN)/yakugo -w build/demo collect examples/nuclear-deterrence.ja.txt --top 25
	$(BIN)/yakugo -w build/demo export xlsx anki -o exports/demo

test: $(VENV)/dev-installed
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

format: $(VENV)/dev-installed
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

# The ready-made files of the shipped glossary, from a fresh workspace.
exports: $(VENV)/dev-installed
	rm -rf build/exports
	$(BIN)/yakugo init build/exports
	$(BIN)/yakugo -w build/exports export all -o exports

# Speed is measured on the manual pages of Debian's package manpages-ja.
benchmarks: $(VENV)/dev-installed
	for name in lookup termbase quality equivalents speed; do $(BIN)/python benchmarks/$$name.py || exit 1; done

clean:
	rm -rf build dist $(VENV) exports/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/dev-installed: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@
