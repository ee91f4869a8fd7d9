"""What the kernel says about itself: builds of dependencies, and troubles."""

from __future__ import annotations

import sys
import threading
import time
from typing import IO

# Builds shorter than this need no sign of life.
EVERY = 5.0


class Chatter:
    """Reads the kernel's own stderr to its end, on a thread that ends with it.

    Cargo names each crate it builds; a line every few seconds is enough of
    that. Everything else is passed on.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._crates = 0
        self._told = 0.0
        threading.Thread(target=self._listen, args=(stream,), daemon=True).start()

    def _listen(self, stream: IO[bytes]) -> None:
        with stream:
            for raw in stream:
                self._hear(raw.decode("utf-8", "replace").rstrip())

    def _hear(self, line: str) -> None:
        if not line.lstrip().startswith("Compiling "):
            if line:
                print(f"      kernel: {line}", file=sys.stderr, flush=True)
            return
        now = time.monotonic()
        if self._crates == 0:
            self._told = now
        self._crates += 1
        if now - self._told >= EVERY:
            self._told = now
            crate = line.split()[1]
            print(f"      … building crate {self._crates}: {crate}", flush=True)
