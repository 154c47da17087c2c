"""Kills a build at a write that ``kill.json`` names, or lists them all: ``python -m killer`` in a project with a copy.

A second copy, ``sitecustomize.py``, is imported by every process that Python starts there. A file to be written is
left torn, with its first byte.
"""

import json
import os
import re
import runpy
import signal
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_WRITES = os.O_WRONLY | os.O_RDWR
_EVENTS = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}
_UNTOLD = re.compile(r"(?<=partial-)\w+(?=-\d)|[0-9a-f]{16,}|(?<=-)\d+")


def _plan():
    try:
        with open(os.path.join(_HERE, "kill.json")) as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def label(event, path):
    """A write by its kind: what a new site, an old one or a cache is made of is told alike."""
    if path is None:
        return f"{event} site.old-*/…"
    place = _UNTOLD.sub("*", os.path.relpath(path, _HERE))
    parts = place.split(os.sep)
    if parts[0].startswith("site.") and parts[1:]:
        place = f"{parts[0]}/…" + os.path.splitext(place)[1] * (event == "open")
    elif parts[0] == ".cache" and parts[2:]:
        place = f".cache/{parts[1]}/…"
    return f"{event} {place}"


def _watch(plan):
    seen = {}
    busy = False

    def hook(event, arguments):
        nonlocal busy
        if event not in _EVENTS or busy:
            return
        path = arguments[0]
        if not isinstance(path, str) or (event == "open" and not (arguments[2] or 0) & _WRITES):
            return
        if event in ("os.remove", "os.rmdir") and arguments[1] != -1:
            path = None  # told from the folder that holds it: a whole folder is being removed
        elif not os.path.abspath(path).startswith(_HERE + os.sep) or path.endswith(
            ("kill.json", "writes.txt")
        ):
            return
        busy = True
        try:
            name = label(event, path)
            if plan == "list":
                with open(os.path.join(_HERE, "writes.txt"), "a") as file:
                    file.write(name + "\n")
                return
            seen[name] = seen.get(name, 0) + 1
            if [name, seen[name]] == plan[:2]:
                if event == "open":
                    with open(path, "wb") as file:
                        file.write(b"{")
                os.killpg(plan[2], signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            busy = False

    sys.addaudithook(hook)


if plan := _plan():
    if plan != "list" and plan[2] == 0:  # the process that the author started
        os.setsid()
        plan[2] = os.getpid()
        with open(os.path.join(_HERE, "kill.json"), "w") as file:
            json.dump(plan, file)
    _watch(plan)

if __name__ == "__main__":
    sys.argv = ["mkdocs", "build"]
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
