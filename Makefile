# Everything that one does with the Fashion Platform. `make help` explains the targets.
SHELL := bash
.DEFAULT_GOAL := help
PORT ?= 8000
ARGS ?=
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: help
help: ## say what every target does
	@awk 'BEGIN {FS = ":.*## "; print "make <target>, where <target> is one of:\n"} \
	  /^[a-z-]+:.*## / {printf "  %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\nPORT=8000 chooses the port of run and run-services. ARGS= is handed on to pytest, load_demo and bench.\n'

.PHONY: run
run: install ## start the site with demo content on SQLite; needs only Python 3.11 or newer
	@PORT=$(PORT) scripts/run embedded

.PHONY: run-services
run-services: install ## start it as in production: PostgreSQL, Redis, Elasticsearch, a worker, gunicorn
	@PORT=$(PORT) scripts/run services

.PHONY: test
test: install-dev ## start the services and run every test
	@scripts/run-tests all $(ARGS)

.PHONY: test-fast
test-fast: install-dev ## run the tests that need no service and no browser, on SQLite; say what is left out
	@scripts/run-tests fast $(ARGS)

.PHONY: lint
lint: install-dev ## check style, templates, types, imports and migrations; change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	PYTHONPATH=platform $(BIN)/mypy platform/core search $(filter-out search/%,$(wildcard */actions.py */actions))
	PYTHONPATH=platform $(BIN)/lint-imports --no-cache
	$(MANAGE) makemigrations --check --dry-run

.PHONY: format
format: install-dev ## put Python into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: messages
messages: install ## collect the texts to translate into locale/*.po (needs gettext), compile the translations
	$(MANAGE) makemessages $(foreach l,ca da es fr pt bg ro,--locale $(l)) --no-obsolete --add-location file \
	  --ignore '.venv/*' --ignore '.services/*' --ignore 'var/*' --ignore 'tests/*'
	$(BIN)/python scripts/compile_messages.py

.PHONY: demo
demo: install ## load the demo content into the SQLite database again (ARGS=--reset removes it first)
	$(MANAGE) migrate --no-input --verbosity 0
	$(MANAGE) load_demo $(ARGS)

.PHONY: bench
bench: install-dev ## measure requests per second, latency, CPU time and queries of the main pages
	@$(BIN)/python scripts/bench.py $(ARGS)

.PHONY: bench-forum
bench-forum: install-dev ## measure the forum with a million posts in PostgreSQL (ARGS="--size small" for a quick run)
	@$(BIN)/python scripts/bench_forum.py $(ARGS)

.PHONY: bench-directory
bench-directory: install-dev ## measure the directory and its map with 50,000 organisations (ARGS="--size small" for a quick run)
	@$(BIN)/python scripts/bench_directory.py $(ARGS)

.PHONY: bench-search-quality
bench-search-quality: install-dev ## measure how good the search is, by judged queries, beside a plain one (ARGS=--verbose)
	@$(BIN)/python scripts/bench_search_quality.py $(ARGS)

.PHONY: search-any-text
search-any-text: install-dev ## ask the search 10,000 strings that nobody means; none may fail
	@$(BIN)/python scripts/search_any_text.py $(ARGS)

.PHONY: bench-search
bench-search: install-dev ## measure search with 100,000 and 1,000,000 entries (ARGS="--size small" for a quick run)
	@$(BIN)/python scripts/bench_search.py $(ARGS)

.PHONY: chaos-search
chaos-search: install-dev ## stop, kill and start an Elasticsearch of its own while a site writes; nothing may be lost
	@$(BIN)/python scripts/search_chaos.py $(ARGS)

.PHONY: clean
clean: ## stop the services and remove everything that was made here, the local database included
	scripts/services down
	rm -rf "$$(readlink -f .services/data)" .services .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: install
install:
	@scripts/install

.PHONY: install-dev
install-dev:
	@scripts/install dev
