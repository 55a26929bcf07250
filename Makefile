PYTHON ?= python3
VENV := .venv/bin
WORDS := $(patsubst %.po,%.mo,$(wildcard cms/locale/*/LC_MESSAGES/django.po))
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: demo test bench gallery sweep lint
demo: .venv/installed $(WORDS)
	@$(VENV)/python manage.py demo $(ARGS)

test: .venv/installed $(WORDS)
	@$(VENV)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

bench: .venv/installed
	@$(VENV)/python -m tests.bench $(if $(ONLY),--only $(ONLY))

gallery: .venv/installed
	@$(VENV)/python -m tests.gallery $(ARGS)

sweep: .venv/installed
	@$(VENV)/python -m tests.sweep $(ARGS)

lint: .venv/installed
	$(VENV)/ruff check . && $(VENV)/ruff format --check . && $(VENV)/mypy && $(VENV)/lint-imports

%.mo: %.po .venv/installed
	@$(VENV)/python manage.py words --compile

# The first line says what the system lacks, before anything is installed. uv comes from the lock as well.
.venv/installed: requirements.lock media_tools/native.py
	@$(PYTHON) -m media_tools.native
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 12) or sys.exit("Attaché needs Python 3.12 or newer: make PYTHON=python3.13")'
	test -x $(VENV)/python || $(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --disable-pip-version-check "$$(grep -o '^uv==[0-9.]*' requirements.lock)"
	$(VENV)/uv pip sync --quiet --python $(VENV)/python --require-hashes requirements.lock
	@touch $@
