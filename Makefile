# The same as the one-line commands in README.md, for whoever has make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint setup clean

demo: $(VENV)/.installed ## install, then run the main job on the embedded demo
	$(BIN)/scrapy demo

test: $(VENV)/.installed-dev ## install, then run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile --ignore=tests/e2e --ignore=tests/demo
	$(BIN)/python -m pytest tests/e2e tests/demo # one after the other: the demo has one port

lint: $(VENV)/.installed-dev ## what CI checks besides the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: $(VENV)/.installed-dev

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
