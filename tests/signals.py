"""Signals of the tests' own processes."""

from __future__ import annotations

import signal


def heed_ctrl_c() -> None:
    """Let what is started from here on hear Ctrl+C: a run in the background of a shell ignores it, and so would they."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
