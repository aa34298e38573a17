# The two commands of the README: `make run` and `make test`. Each sets itself up on a fresh machine.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PORT ?= 8000
DATA ?= region

.PHONY: run test test-unit test-networkx lint bench bench-scale screenshots translations assets clean

run: $(READY)
	@$(BIN)/graphsvc demo --data $(DATA) --port $(PORT)

test: $(READY) lint
	@tools/ensure-chromium
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

test-unit: $(READY)
	$(BIN)/python -m pytest tests/unit --numprocesses 2 --dist loadfile

# networkx's own tests, run on our backend; docs/networkx-backend.md lists what is skipped and why.
test-networkx: $(READY)
	NETWORKX_TEST_BACKEND=graphsvc NETWORKX_FALLBACK_TO_NX=True $(BIN)/python -m pytest -q -rsx -p no:cacheprovider \
	  -c /dev/null --rootdir=. --pyargs \
	  $(addprefix networkx.algorithms.,centrality assortativity components link_analysis community shortest_paths) \
	  $(addprefix networkx.algorithms.tests.,test_cluster test_core test_structuralholes test_bridges \
	    test_link_prediction test_distance_measures)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/pip install --quiet --editable '.[bench]'
	$(BIN)/python -m benchmarks.store
	$(BIN)/python -m benchmarks

# Spark on 2 million ties, held against the kernels: it fails where they differ by more than the stated bounds.
bench-scale: $(READY)
	$(BIN)/pip install --quiet --editable '.[spark]'
	$(BIN)/python -m benchmarks.scale

# Every page in five forms, of a server that `make run` has started, into TO; ONLY: words of the addresses that are wanted.
TO ?= screenshots
screenshots: $(READY)
	@test -n "$(OPEN)" || { echo "Name the address that make run prints: make screenshots OPEN=http://…"; exit 2; }
	@tools/ensure-chromium
	$(BIN)/python tools/screenshots.py "$(TO)" "$(OPEN)" $(ONLY)

translations: $(READY)
	$(BIN)/python tools/translations.py

assets:
	cd web/frontend && npm ci --no-audit --no-fund && node build.mjs

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "graphsvc needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@echo "Setting up .venv (the first time takes a few minutes) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
