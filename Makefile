# Two commands matter: `make run` and `make test`. The rest is for those who work on the project.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test check format lock model test-models test-neo4j soak bench-stores bench-matching bench-answers bench-standards bench-load bench-pages bench-readers screenshots fuzz clean

run: $(VENV)/.installed
	@$(BIN)/sfkg build --quiet
	@exec $(BIN)/sfkg serve

test: $(VENV)/.tested
	@$(BIN)/python -m pytest -n 2

check: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(VENV)/.tested: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[test]'
	@touch $(VENV)/.installed $@

# A real Chinese sentence model for SFKG_ENCODER: fetched, converted, checked; prints its folder.
model: $(VENV)/.model-build
	@$(BIN)/python -m tools.model

test-models: $(VENV)/.model-build
	@folder=$$($(BIN)/python -m tools.model) && SFKG_REQUIRE_MODELS=1 SFKG_TEST_MODEL="$$folder" \
		$(BIN)/python -m pytest tests/kg/encoder tests/kg/index

# The tests of stores alone; without Neo4j 5.26 they fail instead of being left out.
test-neo4j: $(VENV)/.tested
	@SFKG_REQUIRE_NEO4J=1 $(BIN)/python -m pytest -n 2 tests/contract tests/faults tests/both_stores

soak: $(VENV)/.tested
	@$(BIN)/python -m tests.faults --kills 200

bench-stores: $(VENV)/.tested
	@$(BIN)/python -m benchmarks.stores.measure --report benchmarks/stores/report.md

bench-answers: $(VENV)/.tested
	@$(BIN)/python -m benchmarks.answers.measure --instances 100000 --report benchmarks/answers/report.md

bench-standards: $(VENV)/.tested
	@$(BIN)/python -m benchmarks.standards.measure --instances 100000 --report benchmarks/standards/report.md

bench-load: $(VENV)/.tested
	@$(BIN)/python -m benchmarks.load.measure --report benchmarks/load/report.md

bench-pages: $(VENV)/.tested
	@$(BIN)/python -m benchmarks.pages.measure --instances 100000 --report benchmarks/pages/report.md

# Every page at two widths, in two languages, light and dark, into build/screenshots; needs Chromium.
screenshots: $(VENV)/.tested
	@$(BIN)/python -m tools.screenshots

bench-readers: $(VENV)/.tested
	@$(BIN)/python -m benchmarks.readers.measure --report benchmarks/readers/report.md

# Minutes for each reader.
MINUTES ?= 2

fuzz: $(VENV)/.tested
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[fuzz]'
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES) --report tests/fuzz/report.md

# Peers are installed into environments of their own, .venv-peers.
bench-matching: $(VENV)/.model-build
	@folder=$$($(BIN)/python -m tools.model) && $(BIN)/python -m benchmarks.matching.measure \
		--model "$$folder" --report benchmarks/matching/report.md

$(VENV)/.model-build: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[test,model-build]'
	@touch $(VENV)/.installed $(VENV)/.tested $@

format: $(VENV)/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra test --no-emit-index-url --no-header --no-annotate -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) .venv-peers build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
