# Sourcemark. `make run` starts the service, `make test` runs everything that can be checked.

PYTHON ?= python3
BIN := .venv/bin
OPEN ?= --open
PIP := $(BIN)/python -m pip --disable-pip-version-check
# ESLint has the rule too, for our own files; Readability breaks it on a copy of the page that is never shown
LINT_EXTENSION := node_modules/.bin/addons-linter --warnings-as-errors \
	--disable-linter-rules no-unsanitized/property

# a process for each browser, and the other tests between them
ABREAST := --numprocesses auto --maxprocesses 4 --dist loadscope

# how long `make fuzz` looks, and where it keeps what it found on the way, which is where the next run begins
CASES ?= 20000
SECONDS_EACH ?= 600
CORPUS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/sourcemark-fuzz
FUZZED ?= segmentation attribution extraction decoding offsets
# of 2,000 pages for each property of the text map
SEEDS ?= 1 2 3 4 5 6 7 8 9 10

# how often `make soak` kills the service, and a run that labels an archive; how long readers and rooms come
KILLS ?= 200
ARCHIVE_KILLS ?= 60
MINUTES ?= 10

.PHONY: run test lint test-training test-spark bench fuzz soak images package release audit lock clean browsers redis \
	postgres

# opens the reading room where there is a desktop; `make run OPEN=` does not
run: .venv/run.stamp
	@$(BIN)/sourcemark serve $(OPEN)

test: .venv/dev.stamp node_modules/.stamp browsers redis postgres lint
	node --test tests/extension/*.test.js
	$(BIN)/pytest $(ABREAST)

# training the careful model needs torch, which is large and nothing else uses
test-training: .venv/dev.stamp
	$(PIP) install --quiet --editable '.[train]'
	$(BIN)/pytest tests/training

# Spark is large too, needs Java, and only archives that are Spark tables use it
test-spark: .venv/dev.stamp
	$(PIP) install --quiet 'pyspark>=4'
	$(BIN)/pytest tests/archive/test_spark.py

lint: .venv/dev.stamp node_modules/.stamp
	$(BIN)/ruff check server tests benchmarks docs examples
	$(BIN)/ruff format --check server tests benchmarks docs examples
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/lint-imports
	node_modules/.bin/tsc -p tsconfig.json
	node_modules/.bin/eslint extension server tests/extension
	$(LINT_EXTENSION) --enable-background-service-worker extension

# quality and speed against plain peers, as ratios in one run
bench: .venv/dev.stamp browsers
	$(BIN)/python benchmarks/labelling.py
	$(BIN)/python benchmarks/painting.py

# an hour and a half by default; `make fuzz CASES=300 SECONDS_EACH=30` takes some minutes
fuzz: .venv/dev.stamp node_modules/.stamp
	PYTHONPATH=tests $(BIN)/python -m fuzz.contract --cases $(CASES)
	for target in $(FUZZED); do \
		PYTHONPATH=tests $(BIN)/python -m fuzz.hunt $$target --seconds $(SECONDS_EACH) --corpus "$(CORPUS)" || exit 1; \
	done
	for seed in $(SEEDS); do \
		SOURCEMARK_RUNS=2000 SOURCEMARK_SEED=$$seed node --test tests/extension/text-map-trees.test.js || exit 1; \
	done

# what takes too long for every test: kills, load, growth; the figures stand in docs/reliability.md
soak: .venv/dev.stamp browsers
	PYTHONPATH=tests $(BIN)/python -m soak.killing --kills $(KILLS)
	PYTHONPATH=tests $(BIN)/python -m soak.archives --kills $(ARCHIVE_KILLS)
	$(BIN)/python benchmarks/archive_memory.py
	$(BIN)/python benchmarks/load.py --minutes $(MINUTES)
	$(BIN)/python benchmarks/workshop.py
	$(BIN)/python benchmarks/stages.py

# the archives for the browsers' stores, see docs/store
package: .venv/dev.stamp node_modules/.stamp
	$(BIN)/python docs/store/package.py dist
	$(LINT_EXTENSION) dist/sourcemark-*-firefox.zip
	$(LINT_EXTENSION) --enable-background-service-worker dist/sourcemark-*-chrome.zip

# wheel, archives, bill of materials and checksums in dist/, the same bytes each time; see docs/release
release: .venv/dev.stamp
	$(BIN)/python docs/release/release.py dist

# known faults of what is locked, from an export of osv.dev: make audit ADVISORIES="PyPI/all.zip npm/all.zip"
audit: .venv/dev.stamp
	$(BIN)/python docs/release/advisories.py $(ADVISORIES)

# take the pictures of the README and of the stores again, in a real browser
images: .venv/dev.stamp browsers
	SOURCEMARK_UPDATE_IMAGES=1 $(BIN)/pytest tests/browser/test_images.py

# needs uv; the locks hold hashes and no index address
lock:
	uv pip compile pyproject.toml --extra careful --group build --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra archive --extra careful --extra cluster --extra html --extra postgres --extra public \
		--group build --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --upgrade -o requirements-dev.lock
	echo gunicorn | uv pip compile pyproject.toml - --extra careful --extra postgres --extra public \
		--group build --universal --python-version 3.11 -c requirements-dev.lock \
		--generate-hashes --no-emit-index-url --no-header --upgrade -o docs/self-host/requirements.lock
	npm update --package-lock-only

clean:
	rm -rf .venv node_modules build dist

browsers:
	@tests/browser/install.sh

redis:
	@tests/api/others/install-redis.sh

postgres:
	@tests/corrections/install-postgres.sh

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Sourcemark needs Python 3.11 or newer. Install it, or name it: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { \
		rm -rf .venv; echo "Python cannot make an environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

.venv/run.stamp: .venv/bin/python requirements.lock pyproject.toml
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/bin/python requirements-dev.lock pyproject.toml
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/run.stamp

node_modules/.stamp: package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || { \
		echo "The tests need Node.js 20 or newer, with npm."; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@
