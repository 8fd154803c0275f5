# What a developer and a new user need; `make help` lists it. CONTRIBUTING.md tells more.
#   make run EXPLORER_PORT=8600 ENDPOINT_PORT=8700 KG_HOME=/path    other ports, another home
#   make setup PYTHON=/path/to/python3.12                           a certain interpreter

PYTHON ?=
EXPLORER_PORT ?= 8501
ENDPOINT_PORT ?= 8080
KG_HOME ?= .kg

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install
SAMPLES := $(wildcard data/reports/*.txt data/releases/*.txt)
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
STARTED := $(shell date +%s)

.DELETE_ON_ERROR:
.PHONY: help run setup dev test lint eval bench lock clean

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

run: setup ## set up, build the graph of the sample documents, start explorer and endpoint
	@echo "Reading $(words $(SAMPLES)) documents of data/ into $(KG_HOME); what is known is not read again."
	@$(BIN)/kg --home "$(KG_HOME)" add $(SAMPLES)
	@exec $(BIN)/kg --home "$(KG_HOME)" run --explorer-port $(EXPLORER_PORT) --endpoint-port $(ENDPOINT_PORT) --since $(STARTED)

setup: .venv/run ## only set up: .venv with what is locked in requirements/run.txt, and the command kg

dev: .venv/dev ## set up what tests and checks need as well

test: lint ## set up, check and run all tests; prints the slowest
	$(BIN)/pytest

lint: .venv/dev ## ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

eval: .venv/dev ## accuracy of the extractor on the annotated documents
	$(BIN)/python -m tests.extract.gate

bench: .venv/run ## speed of extraction beside that of the bare spaCy pipeline
	$(BIN)/python bench/extraction.py

lock: .venv/python ## resolve the dependencies anew into requirements/*.txt
	rm -rf .venv/lock && $(BIN)/python -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet uv
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	rm -rf .venv/lock
LOCK = .venv/lock/bin/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml requirements/build.in

clean: ## remove what was made, except the home with its documents and graph
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each file in .venv is the stamp of a step that is done. The build backend is part of the lock, hence no isolation;
# what is imported is compiled then, which saves a minute of compiling all that is installed.
.venv/run .venv/dev: .venv/%: requirements/%.txt pyproject.toml | .venv/python
	@echo "Installing requirements/$*.txt into .venv; the first time that takes a minute or two."
	@$(PIP) --no-compile --require-hashes --requirement requirements/$*.txt
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# An interpreter is tried by running it: what is on the PATH may be of another version, or no more than a name.
.venv/python:
	@for python in $(PYTHONS); do \
	    if "$$python" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	        echo "Making .venv with $$("$$python" --version) ($$python)."; \
	        "$$python" -m venv --clear .venv && touch $@; exit; \
	    fi; \
	done; \
	echo "kg needs Python 3.11, 3.12 or 3.13 with venv, but found none as $(PYTHONS): install one, or name it with \`make PYTHON=/path/to/python\`." >&2; \
	exit 1
