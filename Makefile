SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8501
DATA ?= $(or $(GANZHIHUI_DATA),./data)
TORTURE_SECONDS ?= 600
BRIDGE_EXAMPLES ?= 200
FUZZ_SECONDS ?= 600
PY := .venv/bin/python
SERVE := $(PY) -m streamlit run serve.py --server.port $(PORT)
LOCK := $(PY) -m uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 --custom-compile-command "make lock"

.PHONY: help venv dev demo refresh serve test lint types words torture fuzz bench lock clean

help: ## Say what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18
	@echo '  PORT=8501 and DATA=./data may be given to demo, refresh and serve.'

venv: ## Make .venv with the pinned runtime packages
	@scripts/venv.sh requirements.txt

dev: ## Add to .venv what tests and checks need
	@scripts/venv.sh requirements.txt requirements-dev.txt

demo refresh serve: export GANZHIHUI_DATA := $(DATA)

# Exit code 10: some file was refused or is held, which is what a demonstration should show; the rest is published.
demo: venv ## Write an invented park, refresh, and serve it on http://127.0.0.1:8501
	@$(PY) -m etl demo || [ $$? -eq 10 ]
	@$(SERVE)

refresh: venv ## Take in what lies in the inbox, check it and publish
	@$(PY) -m etl refresh

serve: venv ## Serve the published numbers on http://127.0.0.1:8501
	@$(SERVE)

test: lint types ## Run every check and test, browser included
	@scripts/browser.sh
	@scripts/proxies.sh
	@$(PY) -m pytest -q -rs -n auto --dist loadfile --no-loadscope-reorder

lint: dev ## Check style with ruff
	@$(PY) -m ruff check

types: dev ## Check types with mypy --strict
	@$(PY) -m mypy

words: dev ## Bring the catalogues in language/ up to date with the code; names what is still to be translated
	@$(PY) -m language.words

torture: dev ## Kill refreshes at random for TORTURE_SECONDS=600; BRIDGE_EXAMPLES=200 random histories
	@TORTURE_SECONDS=$(TORTURE_SECONDS) VIEWERS=50 VIEWER_SECONDS=120 $(PY) -m pytest -q -m torture
	@BRIDGE_EXAMPLES=$(BRIDGE_EXAMPLES) $(PY) -m pytest -q tests/test_bridge_on_real_histories.py

fuzz: dev ## Damage files of every kind for FUZZ_SECONDS=600 and read them
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(PY) -m pytest -q -s -m fuzz -o faulthandler_timeout=0

bench: dev ## Measure reading, refresh and pages at two million rows
	@scripts/browser.sh
	@$(PY) -m bench

lock: dev ## Pin what requirements*.in ask for; UPGRADE=--upgrade takes the newest allowed
	@$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	@$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

clean: ## Remove .venv and caches; data stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
