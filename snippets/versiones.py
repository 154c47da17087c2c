"""Qué cambia con otro PyTorch y otro Python: código de la página `docs/versiones.md`."""

# --8<-- [start:registro]
# Lo escribe `make versions`.
measured = '2026-11-29'
releases = [{'release': ['3.11', '2.14.1'], 'páginas': 0, 'bloques': 0, 'números': 0, 'figuras': 0, 'distinto': []}]
# --8<-- [end:registro]

# --8<-- [start:tabla]
print("| Python | PyTorch | Páginas | Bloques | Números | Figuras | Diferencias |")
print("| --- | --- | --- | --- | --- | --- | --- |")
for each in releases:
    ran = [each[what] for what in ("páginas", "bloques", "números", "figuras")]
    print("|", *(f"{cell} |" for cell in [*each["release"], *ran, len(each["distinto"])]))
# --8<-- [end:tabla]

# --8<-- [start:diferencias]
where = {}
for each in releases:
    for difference in each["distinto"]:
        where.setdefault(tuple(difference), []).append(each["release"])
for (page, what, *lines), found in where.items():
    print(f"{page}: {what}")
    print("  con", ", ".join(f"PyTorch {torch} y Python {python}" for python, torch in found))
    for line in lines:
        print(f"    {line}")
# --8<-- [end:diferencias]
