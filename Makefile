# Two commands for a newcomer: `make demo` and `make test`. Both do their own set-up.
PYTHON ?= python3
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test lint site-tests journeys prove screenshots migration messages

UV = $$($(PYTHON) bootstrap.py uv)
RUN = $(UV) run --frozen --quiet --python-preference system
BROWSERS = LASTPIECE_BROWSER="$$($(PYTHON) bootstrap.py browser)" LASTPIECE_FIREFOX="$$($(PYTHON) bootstrap.py firefox)"
PYTEST = $(RUN) pytest -q -p no:cacheprovider

help:
	@echo "make demo         an invented county on two sites, http://localhost:8000 and http://localhost:8001"
	@echo "make test         lint, types, contracts, engines, both sites on two databases, browser journeys"
	@echo "make prove        slow proofs and benchmarks: they print their figures"
	@echo "make screenshots  the pictures of the README, made by the journeys"
	@echo "make migration    re-make the desk's one migration"
	@echo "make messages     put what is new to read on the public site into the catalogue of each language"

demo:
	@$(RUN) --no-dev lastpiece demo

test: lint engines-tests site-tests journeys

lint:
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) lint-imports
	$(RUN) mypy

.PHONY: engines-tests
engines-tests:
	$(PYTEST) -n 2 tests --ignore=tests/site --ignore=tests/journeys

site-tests:
	$(PYTEST) -n 2 tests/site/front tests/site/pack tests/site/parts --ds=lastpiece.site.settings.front
	$(PYTEST) -n 2 tests/site/desk --ds=lastpiece.site.settings.test
	$(RUN) python tests/postgres_server.py "$$($(PYTHON) bootstrap.py postgres)" pytest -q -p no:cacheprovider -n 2 tests/site/desk --ds=lastpiece.site.settings.test

# Two files of journeys at once, each in the order it is written: some files plant one desk for all their errands.
journeys:
	$(BROWSERS) $(PYTEST) -p no:randomly -n 2 --dist loadfile tests/journeys

prove:
	@export $(BROWSERS); for proof in $$(ls benchmarks/*/*.py | sed 's|/|.|g; s|\.py$$||'); do echo "== $$proof"; $(RUN) --group fuzz python -m "$$proof"; done

screenshots:
	LASTPIECE_SCREENSHOTS=docs/images $(BROWSERS) $(PYTEST) -p no:randomly tests/journeys

migration:
	rm -f src/lastpiece/site/desk/records/migrations/0001_initial.py
	$(RUN) python manage.py makemigrations records

messages:
	$(RUN) python messages.py
