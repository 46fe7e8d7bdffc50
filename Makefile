# make run    install and serve on http://localhost:8501 (PORT=…, PYTHON=python3.12)
# make test   install what the tests need, a browser included, and run them all
# make check  style, types, quick tests and generated documents, in a minute or two
# make docs   write the generated documents
# make bench  measure, as ratios within one run (one of it: .venv/bin/python -m bench pages)
# make bench-peers  install Dash apart from the house, and measure our pages beside it
# make torture  kill, fill the disk, tear, flip bytes, attack and try new examples for about an hour

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
PEERS := .venv-peers
COVERED := 92# percent of the statements at least; servers and terminals in processes of their own do not count
BIN := $(VENV)/bin
QUICK_TESTS = $(BIN)/python -m pytest -q -n auto --dist loadfile --hypothesis-profile=few \
	-m "quick or not (browser or slow or real)"
VERSION := $(shell $(PYTHON) -c 'import sys; v = sys.version_info[:2]; print("%d.%d" % v if v >= (3, 11) else "")')
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
APT := [ "$$(id -u)" = 0 ] && export DEBIAN_FRONTEND=noninteractive && apt-get update -qq && \
	apt-get install >/dev/null --yes -qq --no-install-recommends
export TZ := Asia/Shanghai

ifeq ($(VERSION),)
$(error $(PYTHON) is not Python 3.11 or newer; name one with PYTHON=)
endif

.PHONY: run test check docs bench bench-peers torture browser

run: $(VENV)/.requirements-$(VERSION)
	@exec $(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: browser
	@$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term --cov-fail-under=$(COVERED)

check: $(VENV)/.requirements-dev-$(VERSION)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@said=$$(mktemp) && { $(BIN)/mypy >"$$said" 2>&1 & types=$$!; } && \
	trap 'kill $$types; rm -f "$$said"; exit 130' INT TERM && \
	{ $(QUICK_TESTS); tests=$$?; wait $$types; types=$$?; printf "\nmypy: "; cat "$$said"; rm -f "$$said"; } && \
	[ $$tests = 0 ] && [ $$types = 0 ]
	$(BIN)/python -m analytics.documents --check

docs: $(VENV)/.requirements-$(VERSION)
	$(BIN)/python -m analytics.documents

bench: browser
	@$(BIN)/python -m bench

bench-peers: browser $(PEERS)/.requirements-peers-$(VERSION)
	@$(BIN)/python -m bench peers

torture: $(VENV)/.requirements-dev-$(VERSION)
	@$(BIN)/python -m tests.fault_injection
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "hypothesis and not browser" --hypothesis-profile=explore

# Debian keeps venv in a package of its own; where it cannot be installed, virtualenv does the same.
$(BIN)/python$(VERSION):
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
	|| { $(APT) python3-venv && $(PYTHON) -m venv --clear $(VENV); } \
	|| $(PYTHON) -m virtualenv --clear $(VENV) 2>/dev/null \
	|| { $(PYTHON) -m pip install --user virtualenv && $(PYTHON) -m virtualenv --clear $(VENV); } \
	|| { rm -rf $(VENV); echo "Python cannot make $(VENV): install python3-venv or virtualenv first." >&2; exit 1; }

$(VENV)/.%-$(VERSION): %.txt requirements.txt $(BIN)/python$(VERSION)
	@echo "Installing $< (a minute or two the first time) …"
	@$(PIP) -r $<
	@touch $@

# Made without pip, for Debian has that in a package of its own; the house's pip installs.
$(PEERS)/.requirements-peers-$(VERSION): requirements-peers.txt $(BIN)/python$(VERSION)
	@echo "Installing $< into $(PEERS) …"
	@$(BIN)/python -m venv --clear --without-pip $(PEERS)
	@$(BIN)/python -m pip --python $(PEERS)/bin/python install --quiet --disable-pip-version-check -r $<
	@touch $@

browser: $(VENV)/.requirements-dev-$(VERSION)
	@$(BIN)/python -m tests.chromium || { $(APT) chromium; } || $(BIN)/python -m playwright install chromium
	@fc-list :lang=zh 2>/dev/null | grep -q . || { $(APT) fonts-noto-cjk; } \
	|| echo "No Chinese font is installed: pages in the tests' browser show boxes." >&2
