# Everything that a developer does here and CI does too. `make help` lists it.
#
# Only make and Python 3.11 or newer are needed: PYTHON names the interpreter, VENV the environment that is set up once
# and again when pyproject.toml or the requirements change.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTEST_OPTIONS ?= -n 2

SOURCES := policyctl tests $(wildcard scripts benchmarks)

# The demonstration: one command over the input that is shipped.
DEMO := simulate fixtures/traces/exchange.jsonl --policy fixtures/policies/exchange.json \
	--catalog fixtures/tool-catalogs/exchange.json \
	--bad meta.attack_success=true --good meta.session_kind=benign,meta.utility=true

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types contracts tests docs format bench bench-quick score requirements dist clean
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## score the shipped policy on the shipped trace
	$(BIN)/policyctl $(DEMO)

test: check ## set up what is missing and run every check

check: lint types contracts docs tests ## format, lint, types, import contracts, documentation, tests

lint: $(READY)
	$(BIN)/ruff format --check --no-cache $(SOURCES)
	$(BIN)/ruff check --no-cache $(SOURCES)

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports --no-cache

# A script that writes documentation from code says with --check whether what is there is current.
docs: $(READY)
	@set -e; for script in $(wildcard scripts/docs.py); do $(BIN)/python $$script --check; done

# The last of `check`, so that the count of tests is the last thing to read.
tests: $(READY)
	$(BIN)/pytest $(PYTEST_OPTIONS)

format: $(READY) ## rewrite the sources in the one format
	$(BIN)/ruff check --fix-only --no-cache $(SOURCES)
	$(BIN)/ruff format --no-cache $(SOURCES)

bench: $(READY) ## measure speed and start-up (benchmarks/README.md)
	$(BIN)/python benchmarks/run.py

bench-quick: $(READY) ## what matters most of it, in a minute
	$(BIN)/python benchmarks/run.py --quick

score: $(READY) ## score the classes of tools against labels of others, where they lie beside the project
	$(BIN)/python scripts/score_classifier.py

requirements: $(READY) ## pin the development requirements and the engines that are measured anew
	$(BIN)/pip install --quiet pip-tools
	for list in requirements/dev benchmarks/peers/requirements; do \
		PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= $(BIN)/pip-compile --upgrade --generate-hashes --allow-unsafe --strip-extras \
			--no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --annotation-style=line --quiet \
			--output-file $$list.txt $$list.in || exit 1; \
	done

dist: $(READY) ## build the source archive and the wheel into dist/
	$(BIN)/python -m build --no-isolation --outdir dist .

clean: ## remove everything that was made
	rm -rf $(VENV) build dist benchmarks/.work .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# With WHEEL set, that built wheel is installed and tested, not the tree.
$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("policyctl needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		$(if $(WHEEL),$(WHEEL),--editable .)
	$(if $(WHEEL),,$(BIN)/python -m compileall -q policyctl) # as pip does with what it copies
	@touch $@
