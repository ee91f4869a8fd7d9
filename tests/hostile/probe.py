"""Runs the load probe (examples/load_probe.rs) in processes of their own, within limits."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# Address space of a process: the program itself takes 10 MiB, and no file here is good for more than half of the rest.
MOST_MEMORY = 1 << 30

# No file here takes a second; a busy machine may be ten times slower.
MOST_SECONDS = 10.0

# The longest message that somebody reads.
LONGEST = 1000

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def build(example: str) -> Path:
    """A probe, built with the profile that notebooks compile dependencies with."""
    command = ["cargo", "build", "--quiet", "--example", example, "--message-format=json"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    reports = [json.loads(line) for line in built.stdout.splitlines()]
    return Path(next(report["executable"] for report in reports if report.get("executable")))


def limited() -> None:
    """Bounds the process that is about to become the probe."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def environment() -> dict[str, str]:
    """Each thread's arena of memory would count as address space, however little of it is used."""
    return {**os.environ, "MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"}


@dataclass
class Answer:
    """What one process said, in the memory that it took at most, in MiB."""

    value: dict[str, Any]
    memory: float

    @property
    def error(self) -> str | None:
        return self.value.get("err")


class Probe:
    """The program that loads one file."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self.idle = 0.0
        self.idle = self.ask("idle", "-").memory

    def command(self, kind: str, path: Path | str, request: str = "-") -> list[str]:
        return [str(self.program), kind, os.fspath(path), request]

    def ask(self, kind: str, path: Path | str, request: str = "-") -> Answer:
        """Loads a file. Anything but an orderly exit within the limits fails the test."""
        ran = subprocess.run(
            self.command(kind, path, request),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MOST_SECONDS,
            preexec_fn=limited,
            env=environment(),
        )
        said = ran.stderr.decode("utf-8", "replace")
        assert ran.returncode == 0, f"the process ended with {ran.returncode}: {said[-2000:]}"
        assert "panicked" not in said, said[-2000:]
        lines = ran.stdout.decode("utf-8").splitlines()
        assert len(lines) == 1, f"expected one line, but found {lines}"
        peak = re.search(r"peak (\d+) kB", said)
        answer = Answer(json.loads(lines[0]), int(peak[1]) / 1024 - self.idle if peak else 0.0)
        if answer.error is not None:
            check_message(answer.error)
        return answer

    def watch(self, path: Path) -> Watch:
        return Watch(self.command("watch", path))


class Watch:
    """A process with a data set that stands on a file."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=limited,
            env=environment(),
        )
        self.rows = self.line()["ok"]["rows"]

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        assert self.process.wait(MOST_SECONDS) == 0
        if self.process.stdout:
            self.process.stdout.close()

    def line(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the process ended with {self.process.wait(MOST_SECONDS)}"
        return dict(json.loads(line))

    def row(self, index: int) -> dict[str, Any]:
        """The row as it is read now, or why it is not."""
        assert self.process.stdin
        self.process.stdin.write(f"{index}\n")
        self.process.stdin.flush()
        answer = self.line()
        if "err" in answer:
            check_message(answer["err"])
        return answer


def check_message(text: str) -> None:
    """A message is one line for people, whatever the file it tells of."""
    assert text.strip(), "expected a message, but found none"
    assert len(text) <= LONGEST, f"expected at most {LONGEST} characters, but found {len(text)}: {text[:200]}"
    hidden = {character for character in text if unicodedata.category(character) == "Cc"}
    assert not hidden and not BIDI.search(text), f"expected text that can be printed, but found {text!r}"
    assert "panicked" not in text, text
