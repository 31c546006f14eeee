# Everything here works on a machine that has only python3 (3.11 or newer) and make.
# The environments are made once; pyproject.toml or constraints.txt changing makes them again.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WORKERS ?= 2
SEED    ?= 1
PLACES  ?= 40

PYTHON313 ?= $(shell command -v python3.13 2>/dev/null | grep -v /shims/ || ls -d $(HOME)/.pyenv/versions/3.13*/bin/python 2>/dev/null | tail -n 1)

# Each worker is given a stretch of the suite, and takes from another's end when it has none left: what the tests of a file
# share is made once, and while one waits for the browser the other one computes.
PARALLEL = -n $(WORKERS) --dist worksteal

# Compiled modules are kept, also those of the tests, which every worker and every command that they start reads again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo serve room announced test quick check looked tried bench mutation lint types contract coverage long wheel \
  platform-wheel platform-wheel-tried suite313 docs clean

help:
	@echo "make demo    compare interventions on the order process; pictures in demo/"
	@echo "make serve   the page on which interventions are switched on and off, in the browser"
	@echo "make room    the same, open to the phones of everybody in the network"
	@echo "make test    the whole suite but the long statistics"
	@echo "make quick   the unit tests"
	@echo "make check   lint, types, import contract, coverage, long statistics, the wheels, all on Python 3.13 as well"
	@echo "make docs    the tables and measured figures of the documentation, from runs that take about ten minutes"
	@echo "make bench   speed beside the yardstick, as ratios"
	@echo "make mutation   does any test notice when the source is changed at 40 places? SEED=2 draws others"
	@echo "make platform-wheel   a wheel for this platform that has nothing to compile; needs a linker (cc)"

# A second -q: with one, pip still prints a warning for every package of an index it cannot reach.
PIP := python -m pip install -qq --disable-pip-version-check --no-input

# A sentence rather than a stack of errors where Python is too old or cannot make environments.
define new_environment
	@$(1) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "deptsim needs Python 3.11 or newer, but '$(1)' is $$($(1) -V 2>&1); name another: make PYTHON=python3.12"; exit 1; }
	@$(1) -m venv $(2) || \
	  { echo "'$(1) -m venv' failed; where Python came from the system, its venv package may have to be installed"; exit 1; }
endef

$(VENV)/runtime: pyproject.toml constraints.txt
	$(call new_environment,$(PYTHON),$(VENV))
	@echo "installing deptsim into $(VENV) ..."
	@$(BIN)/$(PIP) -c constraints.txt -e .
	@touch $@

$(VENV)/web: $(VENV)/runtime
	@echo "installing what serves the page into $(VENV) ..."
	@$(BIN)/$(PIP) -c constraints.txt -e '.[web]'
	@touch $@

$(VENV)/developer: $(VENV)/runtime
	@echo "installing what the tests need into $(VENV) ..."
	@$(BIN)/$(PIP) -c constraints.txt -e '.[test,check,web,wheel]'
	@touch $@

demo: announced $(VENV)/runtime
	@$(BIN)/deptsim compare order_delivery --out demo
	@echo "the picture to show: demo/slide.png; one page with reasons: demo/summary.png"

serve: $(VENV)/web
	@$(BIN)/deptsim serve $(SCENARIO)

room: $(VENV)/web
	@$(BIN)/deptsim serve $(SCENARIO) --lan

announced:
	@test -f $(VENV)/runtime && echo "about a minute: 1200 runs of a year each, then pictures" || \
	  echo "two to three minutes the first time: an environment, compiling, 1200 runs of a year each, pictures"

test: $(VENV)/developer
	$(BIN)/python -m pytest -q $(PARALLEL) -m "not long"

quick: $(VENV)/developer
	$(BIN)/python -m pytest -q -m "not long" tests/unit

# What has one process runs beside what has two workers, and is told afterwards: 3 minutes of one core beside 18 of two.
check: lint
	@mkdir -p build; $(MAKE) looked > build/looked.txt 2>&1 & looked=$$!; \
	  $(MAKE) tried; failed=$$?; wait $$looked || failed=$$?; cat build/looked.txt; exit $$failed

looked: types contract wheel platform-wheel-tried

tried: coverage long suite313

# The files that mark tests so; whatever else there is need not be read to find them.
marked = $(shell grep -rl --include='*.py' 'mark\.$(1)\b' tests)

lint: $(VENV)/developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/developer
	$(BIN)/mypy

contract: $(VENV)/developer
	$(BIN)/lint-imports

# Compiled code is invisible to coverage, so this part runs as plain Python, on what is quick enough for that: on the second
# Python where there is one, which so tries all of that too.
SECOND := $(if $(PYTHON313),.venv313,$(VENV))

# What compares words, documents and the form of the code with one another finds the same on every Python and runs nothing.
READ := tests/style tests/docs tests/unit/words

# Statements are counted by the interpreter itself where it can (3.12 and later): a third less time than a trace takes.
MONITORED := $(if $(PYTHON313),COVERAGE_CORE=sysmon)

coverage: $(SECOND)/developer
	rm -f .coverage .coverage.*
	NUMBA_DISABLE_JIT=1 $(MONITORED) $(SECOND)/bin/coverage run -m pytest -q $(PARALLEL) --durations=15 \
	  $(READ:%=--ignore=%) -m "not long and not compiled and not browser and not office"
	$(SECOND)/bin/coverage combine --quiet
	$(SECOND)/bin/coverage report

long: $(VENV)/developer
	$(BIN)/python -m pytest -q $(PARALLEL) -m long $(call marked,long)

# What people install: a wheel in an environment of its own, with only its dependencies borrowed, used from another folder.
define installed
	$(BIN)/python -m venv $(1)/env
	$(1)/env/bin/$(PIP) --no-deps $(1)/*.whl
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
	  > "$$($(1)/env/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/borrowed.pth"
	cd $(1) && env/bin/python -c 'import sim; assert "/$(1)/env/" in sim.__file__, sim.__file__'
	cd $(1) && env $(2) env/bin/deptsim compare order_delivery --replications 2 --json > answer.json
endef

wheel: $(VENV)/developer
	rm -rf build/wheel
	$(BIN)/python -m pip wheel -qq --disable-pip-version-check --no-deps -w build/wheel .
	$(call installed,build/wheel)

# The same for this platform, with the kernel compiled ahead of time. On Linux, auditwheel says how old a system may be.
platform-wheel: $(VENV)/developer
	rm -rf build/platform
	$(BIN)/python -m sim.kernel.compiling.library build/platform/kernel
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true \
	  $(BIN)/python -m pip wheel -qq --disable-pip-version-check --no-deps -w build/platform/here .
	if [ "$$(uname)" = Linux ]; then \
	  PATH="$(abspath $(BIN)):$$PATH" auditwheel repair --plat auto -w build/platform build/platform/here/*.whl; \
	else mv build/platform/here/*.whl build/platform; fi
	@ls build/platform/*.whl

# It answers at once, from an empty cache in which it leaves nothing, and what the pure wheel answers.
ifeq ($(strip $(foreach one,cc gcc clang,$(shell command -v $(one)))),)
platform-wheel-tried:
	@echo "no linker found: the wheel for one platform was not built"
else
platform-wheel-tried: platform-wheel wheel
	$(call installed,build/platform,DEPTSIM_CACHE=cache)
	test ! -e build/platform/cache
	$(BIN)/python -m tests.answers build/wheel/answer.json build/platform/answer.json
endif

.venv313/developer: pyproject.toml constraints.txt
	$(call new_environment,$(PYTHON313),.venv313)
	@.venv313/bin/$(PIP) --no-compile -c constraints.txt -e '.[test,web]'
	@touch $@

# What coverage left out on the second Python: what needs the compiled kernel. What documents show is run on one Python; what
# judges runs by statistics judges the same there where the runs are the same, to the bit.
ifeq ($(PYTHON313),)
suite313:
	@echo "no Python 3.13 found: the suite was run on $$($(PYTHON) -V) only"
else
suite313: .venv313/developer $(VENV)/developer
	mkdir -p build
	$(BIN)/python -m tests.bits > build/bits
	.venv313/bin/python -m tests.bits | diff build/bits -
	.venv313/bin/python -m pytest -q $(PARALLEL) --hypothesis-profile=few \
	  -m "compiled and not statistics and not long and not browser" $(filter-out tests/docs/%,$(call marked,compiled))
endif

bench: $(VENV)/developer
	$(BIN)/python bench/speed.py

mutation: $(VENV)/developer
	$(BIN)/python -m tests.mutation --seed $(SEED) --places $(PLACES)

docs: $(VENV)/runtime
	$(BIN)/python docs/generate.py demo
	$(BIN)/python docs/two_states.py
	$(BIN)/python docs/pairs.py

clean:
	rm -rf $(VENV) .venv313 build demo .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache
