# Xiuhua. `make demo` shows it, `make test` proves it, `make check` holds the rules of the house.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
READY := .venv/ready
ENGLISH := xiuhua/locale/en/LC_MESSAGES

.DELETE_ON_ERROR:
.PHONY: help setup demo test fast check format bench shots lock catalogue clean

help:
	@echo "make demo       set up and serve the demo bureau on http://127.0.0.1:$(PORT) (PORT= changes the port)"
	@echo "make test       set up and run every suite: SQLite, PostgreSQL, journeys in Chromium"
	@echo "make fast       the fast suite on SQLite alone"
	@echo "make check      every gate: lint, types, imports, migrations, lengths, coverage, docs, language"
	@echo "make format     lint and format, mending what can be mended"
	@echo "make bench      every measurement"
	@echo "make shots      a picture of every page, on a desk and on a phone"
	@echo "make setup      only build .venv from requirements.lock"
	@echo "make catalogue  take new source strings into the English catalogue and compile it"
	@echo "make lock       resolve requirements.lock anew (UPGRADE=1 takes newer versions)"
	@echo "make clean      remove .venv, var and what tools leave behind"

setup: $(READY) $(ENGLISH)/django.mo

# Remade when the lock or the project file is newer: what is installed is what they say.
$(READY): requirements.lock pyproject.toml tools/setup.py
	@$(PYTHON) tools/setup.py
	@touch $@

$(ENGLISH)/django.mo: $(wildcard $(ENGLISH)/*.po) | $(READY)
	@$(BIN)/xiuhua messages

demo: setup
	@$(BIN)/xiuhua demo --port $(PORT)

test: setup
	@$(BIN)/python -m tools.suite

fast: setup
	@$(BIN)/python -m tools.suite fast

check: setup
	@$(BIN)/python -m tools.check

format: setup
	@$(BIN)/ruff check --fix --quiet; $(BIN)/ruff format

bench: setup
	@$(BIN)/xiuhua bench all

shots: setup
	@$(BIN)/xiuhua shots

catalogue: $(READY)
	@$(BIN)/python -m tools.catalogue
	@$(BIN)/xiuhua messages

lock:
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-strip-extras --quiet $(if $(UPGRADE),--upgrade) -o requirements.lock

clean:
	rm -rf .venv var build *.egg-info .mypy_cache .ruff_cache .hypothesis .import_linter_cache .pytest_cache
	find xiuhua tools tests -name __pycache__ -type d -prune -exec rm -rf {} +
