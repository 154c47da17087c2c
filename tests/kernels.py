"""Jupyter kernels that start at once: forked, each by its own, from a Python that has imported what they all import.

A kernel is otherwise as Jupyter has it: a process that is talked to by its protocol, in the folder of its notebook.
``python kernels.py ADDRESS FILE`` is what Jupyter starts; it asks for a kernel and lasts as long as that does.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "forked"
# Not the backend that draws into notebooks: it looks for its kernel when it is imported.
_SERVER = """
import os, signal, socket, sys, threading
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
import ipykernel.ipkernel, ipykernel.kernelapp, matplotlib.pyplot, numpy, torch, torch._dynamo

def end_with(asked):
    asked.recv(1)
    os._exit(0)

def run(asked):
    folder, file = asked.recv(10_000).decode().split("\\n")
    threading.Thread(target=end_with, args=[asked], daemon=True).start()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(folder)
    ipykernel.kernelapp.IPKernelApp.launch_instance(["-f", file, "--HistoryManager.hist_file=:memory:"])

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listener = socket.socket(fileno=0)
print("ready", flush=True)
while True:
    asked, _ = listener.accept()
    if os.fork() == 0:
        listener.close()
        try:
            run(asked)
        finally:
            os._exit(0)
    asked.close()
"""


@contextmanager
def forking(folder: Path) -> Iterator[None]:
    """Within, Jupyter knows the kernel ``NAME``; what that needs is written into an empty folder."""
    address = folder / "kernels"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        listener.listen()
        server = subprocess.Popen(
            [sys.executable, "-I", "-c", _SERVER], cwd=folder, stdin=listener, stdout=subprocess.PIPE
        )
    assert server.stdout
    spec = folder / "kernels.d" / "kernels" / NAME / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-IS", __file__, str(address), "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": NAME, "language": "python"}), "utf-8")
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = str(folder / "kernels.d")
    try:
        assert server.stdout.readline() == b"ready\n"
        yield
    finally:
        os.environ.pop("JUPYTER_PATH")
        if before is not None:
            os.environ["JUPYTER_PATH"] = before
        server.kill()
        server.communicate()


def _ask(address: str, file: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what the kernel is told, it is told by its protocol
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(address)
        asking.sendall(f"{os.getcwd()}\n{file}".encode())
        asking.recv(1)  # nothing comes, until the kernel has ended


if __name__ == "__main__":
    _ask(*sys.argv[1:])
