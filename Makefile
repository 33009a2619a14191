# Everything a person runs by hand. `make help` lists it; the first call builds .venv from the locks.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2

BIN := .venv/bin
READY := .venv/.ready
FLASK := $(BIN)/flask --app wsgi
PYTEST := $(BIN)/python -m pytest
# Only what is ours, and only what exists.
SOURCES := $(wildcard config.py wsgi.py gunicorn.conf.py placement tests migrations benchmarks)

PO := $(wildcard placement/translations/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
POT := build/messages.pot
KEYWORDS := -k _ -k _l -k gettext -k ngettext:1,2 -k lazy_gettext -k say -k say_n:1,2
EXTRACT := $(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords $(KEYWORDS) \
	--add-location=file --sort-output --project=Placement --copyright-holder="The Placement authors" -o $(POT) .
UPDATE := $(BIN)/pybabel -q update -i $(POT) -d placement/translations --no-fuzzy-matching --ignore-obsolete \
	--ignore-pot-creation-date

PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --require-hashes --only-binary :all:
UV := $(shell command -v uv || echo build/uv/bin/uv)
LOCK := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock"

.PHONY: help demo test check sweep bench torture translations translations-compile lock screenshot clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(READY) translations-compile ## invented data on http://127.0.0.1:8000 (HOST, PORT, DATABASE_URL change that)
	@mkdir -p instance
	@$(FLASK) db upgrade
	@$(FLASK) demo load --size small --if-empty
	@$(FLASK) serve --host "$(HOST)" --port "$(PORT)"

test: $(READY) translations-compile ## all tests but the sweep: SQLite, and PostgreSQL and a browser where found
	@$(PYTEST) tests --ignore=tests/sweep -n $(WORKERS) --dist worksteal $(ARGS)

sweep: $(READY) translations-compile ## every page by axe: roles, languages, light and dark, widths; every URL by every role
	@$(PYTEST) tests/sweep -n $(WORKERS) $(ARGS)

check: $(READY) ## format, lint, types, templates, import contracts, translations; changes nothing
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy $(filter-out gunicorn.conf.py tests migrations benchmarks,$(SOURCES))
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/lint-imports --no-logo --no-cache
	@mkdir -p build
	@$(EXTRACT)
	@$(UPDATE) --check >build/translations.log 2>&1 || { echo "Translations are behind the sources: run make translations, fill in the German."; exit 1; }
	@$(PYTEST) -q tests/test_translations.py

bench: $(READY) translations-compile ## what pages and matching cost, as ratios (ARGS=matching, ARGS="pages --quick")
	@$(BIN)/python -m benchmarks $(ARGS)

torture: $(READY) translations-compile ## 32 phones and the mails while the server is killed (ARGS="card --only sqlite --feedbacks 400")
	@$(BIN)/python -m benchmarks.torture $(ARGS)

translations: $(READY) ## collect new sentences into the catalogs and compile them
	@mkdir -p build placement/translations
	@$(EXTRACT)
	@[ -n "$(PO)" ] || $(BIN)/pybabel -q init -i $(POT) -d placement/translations -l de
	@$(UPDATE)
	@$(MAKE) --no-print-directory translations-compile

translations-compile: $(MO)

%.mo: %.po | $(READY)
	@$(BIN)/pybabel -q compile -i $< -o $@

lock: ## bring the locks in line with requirements*.in (ARGS=--upgrade: the newest that fit)
	@[ -x "$(UV)" ] || { python3 -m venv build/uv && build/uv/bin/python -m pip install --quiet uv; }
	@$(UV) $(LOCK) $(ARGS) requirements.in -o requirements.txt
	@$(UV) $(LOCK) $(ARGS) requirements-dev.in -o requirements-dev.txt

screenshot: $(READY) translations-compile ## draw docs/screenshot.png from a fresh demo (ARGS="--page /day --email … --dark --to FILE")
	@$(BIN)/python -m tests.screenshot $(ARGS)

clean: ## remove what was built; instance/ (the demo's data) stays
	@rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results
	@rm -f $(MO)
	@find placement tests benchmarks migrations -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that is new enough; a plain python3 before the numbered ones.
$(READY): requirements.txt requirements-dev.txt
	@for name in $${PYTHON:-python3} python3.14 python3.13 python3.12 python3.11; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	[ -n "$${python:-}" ] || { echo "Python 3.11 or newer is missing: install it, then run make again."; exit 1; }; \
	"$$python" -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing: install it (Debian: apt install python3-venv), then run make again."; exit 1; }; \
	echo "Building .venv from the locks, once ..."; \
	"$$python" -m venv .venv
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
