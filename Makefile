# Las órdenes del proyecto; `make help` las explica. Solo hacen falta Python (3.11.5 o posterior, hasta 3.13), make y git.

.DEFAULT_GOAL := help
.PHONY: help serve build check new-lesson update test test-all garantia findings versions bench lighthouse offline vendor torch-cpu

# El más nuevo que haya y sirva: los demás no se miran.
PYTHON ?= $(firstword $(foreach python,python3.13 python3.12 python3.11 python3,$(shell $(python) -c "import sys, venv, ensurepip; (3, 11, 5) <= sys.version_info < (3, 14) and print('$(python)')" 2>/dev/null)) python3)
SHARD ?= 1/1
PORT ?= 8000
BIN := .venv/bin

help: ## muestra esta ayuda
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

serve: .venv/site ## sirve el sitio en http://127.0.0.1:8000 (PORT=8001: en otro puerto) y lo recarga con cada cambio
	@$(BIN)/python -m nabla serve --port '$(PORT)'

build: .venv/site ## construye el sitio en site/ (estricto)
	$(BIN)/python -m mkdocs build --strict

check: .venv/site ## comprueba las salidas y cifras de cada página, las fórmulas y los enlaces
	$(BIN)/python -m pytest -rN mkdocs.yml docs

new-lesson: .venv/site ## crea una lección que ya pasa la comprobación: make new-lesson NAME=regla-de-la-cadena
	$(BIN)/python -m nabla new-lesson '$(NAME)'

update: .venv/site ## reescribe en las páginas las salidas, cifras y huellas que calcula el código
	$(BIN)/python -m nabla update

test: .venv/tests check ## lo comprueba todo, también en un navegador de verdad; de lo que ya pasó tal como está, una muestra al azar
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder --timeout 900 --remember tests

test-all: .venv/tests check ## como test, pero entero, sin muestras al azar (SHARD=1/4: solo la primera de cuatro partes)
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder tests --everything --shard $(SHARD)

garantia: .venv/tests ## ataca de nuevo textos y código enteros y renueva el registro (tests/mutation/record)
	$(BIN)/python -m tests.mutation texts --all --renew
	$(BIN)/python -m tests.mutation code --all --renew

findings: ## repite los hallazgos de findings/ (ONLY=nombre para uno solo; instala paquetes en una carpeta temporal)
	@for script in $(if $(ONLY),$(ONLY:%=findings/%.sh),findings/*.sh); do \
		echo "$$script"; PYTHON=$(PYTHON) bash "$$script" || exit 1; done

versions: .venv/tests ## lo ejecuta todo con otros PyTorch y Python, y reescribe docs/versiones.md (varios GB; más de una hora)
	$(BIN)/python -m tests.versions

bench: .venv/site ## mide lo que cuesta construir, comparado con ejecutar el código sin más
	$(BIN)/python -m tests.bench

lighthouse: .venv/tests ## mide cada página con Lighthouse, como en un teléfono (necesita Node; unos diez minutos)
	$(BIN)/python -m tests.lighthouse

offline: .venv/site ## hace nabla-sin-conexion.zip, que se lee sin servidor ni red
	$(BIN)/python -m nabla.takeaway.offline

torch-cpu: .venv/bin/python ## instala antes que nada el torch pequeño, solo para CPU
	@echo "Se instala el torch para CPU (unos 200 MB de descarga)…"
	@$(BIN)/python -m pip install --disable-pip-version-check \
		$$(grep -oE '^torch==[0-9.]+' requirements.txt) --index-url https://download.pytorch.org/whl/cpu

vendor: .venv/tests ## renueva docs/assets/vendor (KaTeX, MicroPython y tipos de letra; necesita npm)
	$(BIN)/python -m tools.vendor

.venv/bin/python:
	@$(PYTHON) -c "import sys; sys.exit(not (3, 11, 5) <= sys.version_info < (3, 14))" 2>/dev/null || { \
		echo "$(PYTHON) falta o no va de 3.11.5 a 3.13. Instala Python 3.13, o di cuál usar: make PYTHON=python3.12 …"; exit 1; }
	@echo "Se crea .venv, el entorno del proyecto, con $$($(PYTHON) --version)."
	@$(PYTHON) -m venv .venv

.venv/site: requirements.txt | .venv/bin/python
	@$(BIN)/python tools/install.py requirements.txt
	@touch $@

.venv/tests: tests/requirements.txt .venv/site
	@$(BIN)/python tools/install.py tests/requirements.txt
	@$(BIN)/python tests/install_browser.py
	@touch $@
