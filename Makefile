# Two commands on a fresh machine: `make demo` and `make test`. `make help` lists the rest.
# Needed: git, make, Python 3.11 or newer, and the package registries. Nothing is rebuilt that has not changed.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
PORT ?= 8000
ADDRESS ?= localhost
PY := .venv/bin/python
NPM := $(PY) tools/node.py npm

.DEFAULT_GOAL := help
.PHONY: help demo test check bench fuzz survival lock types clean setup setup-test format

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup ## set everything up and start the demo city on http://localhost:8000 (PORT=, ADDRESS= for other devices)
	@$(PY) -m tools.demo --port $(PORT) --address $(ADDRESS)

test: setup-test ## run everything: checks, unit tests on SQLite and PostgreSQL, front end, browser (under 25 minutes)
	@$(PY) -m tools.run_tests all

check: setup-test ## the fast part, under a minute: lint, types, imports, migrations, docs
	@$(PY) -m tools.run_tests check

bench: setup-test ## measure speed and memory; the figures are in docs/reference/benchmarks.md
	@$(PY) -m tools.bench

fuzz: setup-test ## compare the rules of Python and TypeScript on 1,000,000 random pairs (SEED= for others)
	@$(PY) -m tools.fuzz --seed $(or $(SEED),1)

survival: setup-test ## kill everything while applications come in: nothing lost, nothing doubled (15 minutes; SEED=)
	@$(PY) -m tools.survival --seed $(or $(SEED),1)

types: setup-test ## write docs/reference/openapi.yaml and the front end's types anew
	@$(PY) -m tools.api_types

format: setup-test ## put code into shape
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

lock: ## compile the pinned, hashed requirement files and the Node lock file
	@$(PY) -m pip install -q pip-tools && for name in base dev; do \
	$(PY) -m piptools compile -q --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host -o requirements/$$name.txt requirements/$$name.in; done
	@cd frontend && ../$(PY) ../tools/node.py npm install --package-lock-only --omit-lockfile-registry-resolved

clean: ## remove what was built and the demo's data (asks nothing)
	rm -rf .venv var frontend/node_modules frontend/build frontend/.svelte-kit

setup: .venv/.base frontend/build/.done
setup-test: .venv/.dev frontend/build/.done

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 oder neuer fehlt."; exit 1; }
	@echo "Python-Umgebung wird angelegt …"
	@$(PYTHON) -m venv .venv

.venv/.base: requirements/base.txt | .venv/bin/python
	@echo "Python-Pakete werden installiert …"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/bin/python
	@echo "Python-Pakete für die Tests werden installiert …"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ .venv/.base

.venv/.node: requirements/base.txt | .venv/bin/python
	@test -f .venv/.dev -o -f .venv/.base || $(MAKE) -s .venv/.base
	@touch $@

frontend/node_modules/.done: frontend/package-lock.json frontend/package.json | .venv/.node
	@echo "Pakete der Oberfläche werden installiert …"
	@cd frontend && ../$(PY) ../tools/node.py npm ci --no-audit --no-fund --loglevel=error
	@touch $@

FRONTEND_SOURCES := $(shell find frontend/src frontend/static frontend/messages frontend/project.inlang/settings.json \
	frontend/vite.config.js frontend/vite.config.ts frontend/package.json -type f -not -path '*/paraglide/*' 2>/dev/null)
frontend/build/.done: frontend/node_modules/.done $(FRONTEND_SOURCES)
	@echo "Oberfläche wird gebaut …"
	@cd frontend && ../$(PY) ../tools/node.py npm run -s build
	@touch $@
