"""A session of the real Rust kernel: send it a cell, see all that comes back."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager

from .chatter import Chatter

WORKSPACES = Path(__file__).resolve().parents[3] / "target" / "evcxr"

# A cell that builds every dependency on a busy two-core machine takes
# minutes; what takes longer than this hangs.
CELL_TIMEOUT = 900.0

# A kernel that says nothing for so long is looked at: is it still there?
ALIVE_EVERY = 5.0

# After a cell the kernel's streams have this long to deliver the mark.
SETTLE_TIMEOUT = 5.0

# No cell prints this by accident, and no escape sequence is in it.
MARK = "ndsight-runner: end of cell"

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class CellResult:
    """Everything the kernel sent back for one cell, in the order it came."""

    bundles: list[dict[str, Any]] = field(default_factory=list)
    stdout: str = ""
    stderr: str = ""
    error: str | None = None
    seconds: float = 0.0
    status: str = ""
    # A kernel can lose the streams of the process it runs for good.
    deaf: bool = False

    @property
    def bundle(self) -> dict[str, Any]:
        """The only bundle of a cell that shows exactly one."""
        assert len(self.bundles) == 1, f"expected one bundle, but found {self}"
        return self.bundles[0]

    @property
    def text(self) -> str:
        """What a cell shows as text."""
        return str(self.bundle["text/plain"])

    @property
    def complaints(self) -> str:
        """What is on stderr."""
        return self.stderr.strip()

    def add(self, message: dict[str, Any]) -> None:
        """Files one message of the kernel's under what it is."""
        kind, content = message["header"]["msg_type"], message["content"]
        if kind in ("execute_result", "display_data"):
            self.bundles.append(content["data"])
        elif kind == "stream" and content["name"] == "stdout":
            self.stdout += content["text"]
        elif kind == "stream":
            self.stderr += content["text"]
        elif kind == "error":
            self.error = COLOUR.sub("", "\n".join([content["evalue"], *content["traceback"]]))


class Kernel:
    """One kernel process; use it in a `with` block.

    Output is collected whatever cell the kernel says it belongs to, because
    the kernel passes streams on from a thread of its own: a line may come
    after its cell has ended and then carries the next cell's name.
    """

    def __init__(self, cwd: Path, workspace: str = "ndsight") -> None:
        """Starts a kernel in the folder `cwd`.

        Kernels of one `workspace` share what they build, so this crate is
        built once and not at every start: `:cache` keeps only dependencies
        that come from a registry. Two of them must not run at once.
        """
        builds = WORKSPACES / workspace
        builds.mkdir(parents=True, exist_ok=True)
        self._manager = KernelManager(kernel_name="rust")
        self._manager.start_kernel(
            cwd=str(cwd),
            env=os.environ | {"EVCXR_TMPDIR": str(builds)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        # Where Jupyter's local provisioner keeps the process it started.
        Chatter(getattr(self._manager.provisioner, "process").stderr)
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        try:
            self._client.wait_for_ready(timeout=120)
        except RuntimeError:
            self.__exit__()
            raise

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    def run(self, code: str, settle: bool = True) -> CellResult:
        """Runs one cell and waits until the kernel has said all about it.

        Without `settle`, streams that come late go to the next cell.
        """
        result = CellResult()
        start = time.perf_counter()
        request = self._client.execute(code, allow_stdin=False)
        ended = self._collect(request, result)
        result.seconds = time.perf_counter() - start
        if ended:
            result.status = self._reply(request)
        if ended and settle:
            self._settle(result)
        return result

    def ok(self, code: str) -> CellResult:
        """Runs a cell that must neither fail nor complain."""
        result = self.run(code)
        assert result.error is None, result.error
        assert not result.complaints, result.stderr
        return result

    def _collect(self, request: str, result: CellResult) -> bool:
        """Reads messages into `result` until the kernel is idle after `request`.

        Where that does not come, says so as the cell's error.
        """
        deadline = time.monotonic() + CELL_TIMEOUT
        while time.monotonic() < deadline:
            message = self._next(ALIVE_EVERY)
            if message is not None and _is_idle(message, request):
                return True
            if message is not None:
                result.add(message)
            elif not self._manager.is_alive():
                result.error = "the kernel died"
                return False
        result.error = f"the cell had not ended after {CELL_TIMEOUT:.0f} s"
        return False

    def _settle(self, result: CellResult) -> None:
        """Gathers late lines: prints a mark on both streams and reads up to it."""
        late = CellResult(stdout=result.stdout, stderr=result.stderr)
        request = self._client.execute(
            f'println!("{MARK}"); eprintln!("{MARK}");', store_history=False, allow_stdin=False
        )
        if self._collect(request, late):
            self._reply(request)
        deadline = time.monotonic() + SETTLE_TIMEOUT
        while not (MARK in late.stdout and MARK in late.stderr):
            message = self._next(deadline - time.monotonic())
            if message is None:
                result.deaf = True
                break
            late.add(message)
        result.stdout = late.stdout.partition(MARK)[0]
        result.stderr = late.stderr.partition(MARK)[0]

    def _next(self, seconds: float) -> dict[str, Any] | None:
        try:
            return dict(self._client.get_iopub_msg(timeout=max(seconds, 0.0)))
        except queue.Empty:
            return None

    def _reply(self, request: str) -> str:
        while True:
            reply = self._client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == request:
                return str(reply["content"]["status"])


def _is_idle(message: dict[str, Any], request: str) -> bool:
    ours: bool = message["parent_header"].get("msg_id") == request
    state = message["content"].get("execution_state")
    return ours and state == "idle"
