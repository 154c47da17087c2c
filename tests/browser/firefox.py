"""A Firefox of its own for the tests, driven with WebDriver BiDi, the protocol that Firefox itself speaks."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.harness import FRAME
from tests.install_browser import find_firefox

# Far more than anything takes, even on a busy machine.
PATIENCE = 60
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    # Whatever a page or Firefox asks for, nothing leaves this machine.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "ui.prefersReducedMotion": 1,
    "ui.systemUsesDarkTheme": 0,
}


class Firefox:
    """One tab. ``faults`` holds what the console said that is a warning or an error, and what pages threw."""

    def __init__(self, connection: ClientConnection) -> None:
        self.faults: list[str] = []
        self._connection = connection
        self._sent = 0
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["log.entryAdded"])
        # A tab of its own: the first one of a Firefox without a window never has the focus.
        self._tab = self._send("browsingContext.create", type="tab")["context"]

    def resize(self, width: int, height: int) -> None:
        self._send(
            "browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height}
        )

    def open(self, url: str) -> None:
        """Go to a page, and wait until all of it has come."""
        self._send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, or of what it promises."""
        answer = self._send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._tab},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def wait_for(self, expression: str) -> None:
        """Wait until a JavaScript expression is true."""
        until = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < until, f"never true: {expression}"
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of the first element, once it has come to rest there."""
        x, y = self.evaluate(f"""(async () => {{
            const element = document.querySelector({json.dumps(selector)})
            let last, still = 0
            for (let frame = 0; still < 10; frame += 1) {{
                if (frame > 600) throw new Error("never at rest in sight: " + {json.dumps(selector)})
                element.scrollIntoView({{ block: "center" }})
                const {{ x, y, width, height }} = element.getBoundingClientRect()
                const middle = [Math.round(x + width / 2), Math.round(y + height / 2)]
                const isThere = element.contains(document.elementFromPoint(...middle))
                still = isThere && String(middle) === String(last) ? still + 1 : 0
                last = middle
                await {FRAME}
            }}
            return last
        }})()""")
        moves = [{"type": "pointerMove", "x": x, "y": y}]
        moves += [{"type": each, "button": 0} for each in ("pointerDown", "pointerUp")]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def type(self, text: str) -> None:
        """Press the keys of a text, one after another, where the focus is."""
        keys = [{"type": each, "value": key} for key in text for each in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": keys})

    def _act(self, source: dict[str, Any]) -> None:
        self._send("input.performActions", context=self._tab, actions=[source])

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        self._sent += 1
        self._connection.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            message = json.loads(self._connection.recv(timeout=PATIENCE))
            if message["type"] == "event":
                entry = message["params"]
                if entry["level"] in {"warn", "error"}:
                    self.faults.append(f"{entry['level']}: {entry['text']}")
            elif message["id"] == self._sent:
                assert message["type"] == "success", message
                return message["result"]


@contextmanager
def launch(folder: Path) -> Iterator[Firefox]:
    """A Firefox without a window, which keeps all it writes in a new folder."""
    folder.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("\n".join(lines), "utf-8")
    firefox = find_firefox()
    assert firefox, "no Firefox: python tests/install_browser.py"
    process = subprocess.Popen(
        [firefox, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0"],
        env=os.environ | {"HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with connect(f"ws://127.0.0.1:{_port(folder)}/session", max_size=None, proxy=None) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _port(folder: Path) -> int:
    """Where Firefox listens, which it writes in its folder once it does."""
    file = folder / "WebDriverBiDiServer.json"
    until = time.monotonic() + PATIENCE
    while not (file.exists() and file.stat().st_size):
        assert time.monotonic() < until, "Firefox does not answer"
        time.sleep(0.05)
    return json.loads(file.read_text("utf-8"))["ws_port"]
