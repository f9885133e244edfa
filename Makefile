# make run · make test · make check · make benchmarks · make pictures
VENV := .venv
PYTHON := $(VENV)/bin/python
CPU_INDEX := https://download.pytorch.org/whl/cpu

run: $(VENV)/installed
	$(PYTHON) app.py

test: $(VENV)/installed-tests
	$(PYTHON) -m pytest

check: $(VENV)/installed-tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

benchmarks: $(VENV)/installed-tests
	$(PYTHON) -m benchmarks

pictures: $(VENV)/installed-tests
	$(PYTHON) scripts/pictures.py

# PyTorch first: left to itself, Linux takes several GB of CUDA. The CPU index carries a smaller build.
$(VENV)/installed: requirements.txt
	test -d $(VENV) || python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet "$$(grep '^torch==' requirements.txt)" $(if $(filter Linux,$(shell uname)),--index-url $(CPU_INDEX) --retries 0 --timeout 10 || $(PYTHON) -m pip install --quiet "$$(grep '^torch==' requirements.txt)",)
	$(PYTHON) -m pip install --quiet -r requirements.txt
	touch $@

$(VENV)/installed-tests: $(VENV)/installed requirements-dev.txt
	$(PYTHON) -m pip install --quiet -r requirements-dev.txt
	touch $@

.PHONY: run test check benchmarks pictures
