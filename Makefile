# Two commands: `make demo` and `make test`. They need Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types unit docs bench lock clean

help: ## Say what each command does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Closeout needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

$(VENV)/run.done: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Closeout runs on (hash-locked) ..."
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/dev.done: requirements/dev.txt requirements/schemas.txt $(VENV)/run.done
	@echo "Installing the test tools (hash-locked) ..."
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --require-hashes --no-deps -r requirements/schemas.txt
	@touch $@

$(VENV)/assets.done: package-lock.json scripts/fetch_assets.py $(VENV)/run.done
	@$(BIN)/python scripts/fetch_assets.py
	@touch $@

setup: $(VENV)/run.done $(VENV)/assets.done ## Install into .venv and fetch the design assets, nothing more

demo: setup ## Read our fictional reports and serve the site with a sign-in per role
	@$(BIN)/closeout demo --port $(PORT)

test: $(VENV)/dev.done $(VENV)/assets.done ## Check style, types, layers, sizes, docs, then run every test
	@$(MAKE) --no-print-directory -j2 check
	@$(MAKE) --no-print-directory unit

check: lint types docs ## Everything but the tests

lint: $(VENV)/dev.done
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/djlint --quiet --lint src
	$(BIN)/python scripts/check_sizes.py
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

types: $(VENV)/dev.done
	$(BIN)/mypy

docs: $(VENV)/dev.done
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir site

unit: $(VENV)/dev.done $(VENV)/assets.done
	$(BIN)/pytest -n 2 $(ARGS)

bench: $(VENV)/dev.done $(VENV)/assets.done ## Time the work beside its peers and print the tables
	$(BIN)/python -m benchmarks

lock: $(VENV)/dev.done ## Renew the locks (needs uv)
	uv pip compile pyproject.toml --group setup --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade --quiet --output-file requirements/run.txt
	uv pip compile pyproject.toml --group setup --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --constraints requirements/run.txt --quiet --output-file requirements/dev.txt
	uv pip compile requirements/schemas.in --no-deps --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade --quiet --output-file requirements/schemas.txt

clean: ## Remove what set-up made
	rm -rf $(VENV) node_modules src/closeout/web/static/vendor site demo-out
