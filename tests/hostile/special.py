"""What bears the name of a file and is none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

SPECIAL: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (os.mkdir, "a folder"),
    "pipe": (os.mkfifo, "a pipe or device"),
    "device": (lambda path: os.symlink("/dev/zero", path), "a pipe or device"),
    "circle": (lambda path: os.symlink(path.name, path), "symbolic links"),
    "nowhere": (lambda path: os.symlink("nowhere", path), "No such file"),
    "itself": (lambda path: os.symlink("/proc/self/mem", path), "the file is empty"),
}
