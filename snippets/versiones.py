"""Qué cambia con otro PyTorch y otro Python: código de la página `docs/versiones.md`."""

# --8<-- [start:registro]
# Lo escribe `make versions`.
measured = '2026-11-29'
releases = []
# --8<-- [end:registro]
