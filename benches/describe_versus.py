#!/usr/bin/env python3
"""What `describe` costs against pandas, in one run on the same numbers.

Run it with a Python that has NumPy and pandas, from the crate's folder:

    ${PYTHON:-python3} benches/describe_versus.py

It saves 10,000,000 rows of 5 normal `float32` to a temporary `.npy` file, times
`pandas.DataFrame.describe` on them and `cargo bench --bench describe`, and prints
a table. The bench also shows the card of those numbers, and of a file of 2 GB. Nothing is asserted.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import numpy as np
    import pandas as pd
except ImportError as error:
    sys.exit(f"expected a Python with numpy and pandas, but {error}: set PYTHON to one that has them")

ROWS, COLUMNS, SEED, RUNS = 10_000_000, 5, 0, 3
LARGE = 2_000_000_000
TARGET, LOOK = 0.1, 0.3


def shortest(run):
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        took.append(time.perf_counter() - start)
    return min(took) * 1e3


def large(path):
    """Writes a file of 2 GB that is not in the system's cache any more."""
    rows = LARGE // (4 * COLUMNS)
    table = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(rows, COLUMNS))
    random = np.random.default_rng(SEED)
    for start in range(0, rows, ROWS):
        part = table[start : start + ROWS]
        part[:] = random.standard_normal(part.shape, dtype=np.float32)
    table.flush()
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def ours(*paths):
    """Milliseconds by task."""
    command = ["cargo", "bench", "--bench", "describe", "--", *map(str, paths)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {task: float(took) for task, took in re.findall(r"^(.+): ([\d.]+) ms$", out, re.M)}


def row(task, took, peer, target):
    ratio = took / peer
    verdict = "met" if ratio <= target else "short"
    print(f"| {task} | {took:.0f} ms | {peer:.0f} ms | {ratio:.3f} | {target} | {verdict} |")


def main():
    values = np.random.default_rng(SEED).standard_normal((ROWS, COLUMNS), dtype=np.float32)
    with tempfile.TemporaryDirectory() as folder:
        path, file = Path(folder) / "values.npy", Path(folder) / "large.npy"
        np.save(path, values)
        large(file)
        found = ours(path, file)
    peer = shortest(pd.DataFrame(values).describe)
    print("| task | ours | peer | ratio | target | met or short |")
    print("|---|---:|---:|---:|---:|---|")
    table, peers = f"{ROWS:,} × {COLUMNS} float32", f"pandas {pd.__version__} describe()"
    row(f"describe() of {table}; {peers}", found["describe"], peer, TARGET)
    row(f"card of {table}; {peers}", found["card"], peer, TARGET)
    row("first look at a 2 GB file, not in the cache; 1 s", found["first look at a file"], 1000, LOOK)


main()
