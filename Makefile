# Needs git, make and a Python ≥ 3.11; everything else is installed into .venv.
# The work is done by small programs in scripts/, so that each target is one or two lines.

.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8000
# Further arguments for pytest: make test ARGS="-k search -x"
ARGS ?=

# The system's own first, if it can make environments: distributions build it with profile-guided
# optimization, pyenv does not, and the tests take a fifth longer with that.
PYTHON ?= $(shell new='import sys; sys.exit(sys.version_info < (3, 11))'; \
	/usr/bin/python3 -c "import ensurepip; $$new" 2>/dev/null && { echo /usr/bin/python3; exit; }; \
	for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c "$$new" 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadgroup
BOOTSTRAP := $(PYTHON) scripts/bootstrap.py
BENCH := .ci/with-postgres.sh $(BIN)/python -m bench

.PHONY: help
help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: python
python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found: install one and try again."; exit 1; }

.PHONY: venv
venv: python ## make or renew .venv with all tools
	@$(BOOTSTRAP) --dev
	@$(BIN)/python scripts/compile_messages.py

.PHONY: demo
demo: python ## install, build the demo, serve it on 127.0.0.1:8000 (PORT=…)
	@exec $(PYTHON) scripts/demo.py --port $(PORT)

.PHONY: demo-reset
demo-reset: python ## the same with fresh data
	@exec $(PYTHON) scripts/demo.py --port $(PORT) --reset

.PHONY: test
test: venv ## all tests; those whose server or browser is missing are skipped and say so
	$(PYTEST) $(ARGS)

.PHONY: test-postgres
test-postgres: venv ## all tests on PostgreSQL: DATABASE_URL, or a private server while they run
	.ci/with-postgres.sh $(PYTEST) $(ARGS)

.PHONY: test-elasticsearch
test-elasticsearch: venv ## what depends on Elasticsearch: ELASTICSEARCH_URL, or a private server
	.ci/with-elasticsearch.sh $(BIN)/python -m pytest -m elasticsearch $(ARGS)

.PHONY: test-browser
test-browser: venv ## only the tests in a real browser (/usr/bin/chromium, or CHROMIUM=…)
	$(BIN)/python -m pytest -m browser $(ARGS)

.PHONY: test-django61
test-django61: python ## all tests on Django 6.1 in an environment of its own (Python ≥ 3.12)
	@$(BOOTSTRAP) --dev --venv .venv-django61 --python 3.12 "Django>=6.1,<6.2"
	@.venv-django61/bin/python scripts/compile_messages.py
	.venv-django61/bin/python -m pytest -n auto --maxprocesses 8 $(ARGS)

.PHONY: release-database
release-database: venv ## store the database of the version in cms/__init__.py, for the test of upgrades
	$(BIN)/python scripts/store_release.py

.PHONY: mutations
mutations: venv ## switch 40 guards off, one at a time; for each a test must fail (ARGS="gate" for some)
	$(BIN)/python -m tests.mutations $(ARGS)

.PHONY: lint
lint: venv ## style, formatting, layers of rooms, types, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run --settings=cms.settings.test

.PHONY: format
format: venv ## let ruff tidy up
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: messages
messages: venv ## bring locale/de to the texts in code and templates (needs gettext)
	$(BIN)/python scripts/check_messages.py --update

.PHONY: check-messages
check-messages: venv ## no message missing, unused, fuzzy or empty
	$(BIN)/python scripts/check_messages.py

.PHONY: bench
bench: venv ## server time, queries and size of every public page (bench/)
	$(BENCH) pages $(ARGS)

.PHONY: bench-publish
bench-publish: venv ## from the last approval until visitors find the page
	$(BENCH) publish $(ARGS)

.PHONY: bench-relevance
bench-relevance: venv ## what the search finds for judged queries (bench/relevance/README.md)
	$(BENCH) relevance $(ARGS)

.PHONY: bench-search
bench-search: venv ## searches and suggestions over 20,000 entries, by kind of what is typed
	$(BENCH) search --requests 100 $(ARGS)

.PHONY: bench-elasticsearch
bench-elasticsearch: venv ## pages of searches in Elasticsearch, beside the database and plain Wagtail
	ES_DEV_HEAP=2g ES_DEV_JAVA_OPTS=" " .ci/with-elasticsearch.sh $(BIN)/python -m bench elasticsearch \
		--database SQLite --requests 300 $(ARGS)

.PHONY: bench-admin
bench-admin: venv ## queries and times of the admin with 400 houses, 40,000 pages and 1,500 accounts
	$(BENCH) admin $(ARGS)

.PHONY: load
load: venv ## pages a second of two server processes on PostgreSQL, uncached and cached
	$(BENCH) load $(ARGS)

.PHONY: deployment
deployment: venv ## a new version takes over from a running one (deploy/reload) while visitors come
	$(BENCH) deployment $(ARGS)

.PHONY: kills
kills: venv ## end periodic work by SIGTERM and SIGKILL while mails go out; count what went twice
	$(BENCH) kills $(ARGS)

.PHONY: bench-checks
bench-checks: venv ## 200 organisations fill in self-checks while everything breaks; count what is lost
	DATABASE_URL= $(BENCH) checks $(ARGS)

.PHONY: bench-stored-checks
bench-stored-checks: venv ## pages of self-checks and their figures while 100,000 checks are stored
	$(BENCH) stored-checks $(ARGS)

.PHONY: outage
outage: venv ## stop PostgreSQL (SIGSTOP), let it go on, crash it; what visitors get meanwhile and after
	DATABASE_URL= $(BENCH) outage $(ARGS)

.PHONY: nodes
nodes: venv ## three nodes of Elasticsearch are killed and restarted; what is lost, what visitors get
	ELASTICSEARCH_NODES=3 .ci/with-elasticsearch.sh $(BENCH) nodes $(ARGS)

.PHONY: runbook
runbook: venv ## follow the runbook and the restore word by word, on a private server (minutes)
	DATABASE_URL= POSTGRES_USER=postgres .ci/with-postgres.sh $(BIN)/python scripts/runbook.py

.PHONY: snapshots
snapshots: venv ## write the accessibility trees again (tests/browser/snapshots); read the difference
	-RENEW_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/browser/test_snapshots.py
	git --no-pager diff --stat tests/browser/snapshots

.PHONY: gallery
gallery: venv ## a picture of every template: 360/1280 px, light/dark, in var/gallery
	$(BIN)/python -m quality gallery $(ARGS)

.PHONY: lighthouse
lighthouse: venv ## Lighthouse on every template, with limits (needs Node and Chromium)
	$(BIN)/python -m quality lighthouse $(ARGS)

.PHONY: html
html: venv ## the validator of the W3C on every template (needs npm and Java)
	$(BIN)/python -m quality html $(ARGS)

.PHONY: pdf-ua
pdf-ua: venv ## veraPDF on every page that there is as PDF (needs Pango, Maven and Java)
	$(BIN)/python -m quality pdf $(ARGS)

.PHONY: constraints
constraints: python ## renew constraints.txt after a change of requirements
	$(PYTHON) scripts/renew_constraints.py

.PHONY: ci
ci: ## everything the submission check runs (Debian, root)
	bash .ci/run

.PHONY: clean
clean: ## remove environments, caches and compiled messages; var/ with the demo's data stays
	rm -rf .venv .venv-django61 .pytest_cache .ruff_cache .import_linter_cache .mypy_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete 2>/dev/null || true
