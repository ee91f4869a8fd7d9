#!/usr/bin/env python3
"""What `describe` costs against pandas, in one run on the same numbers.

Run it with a Python that has NumPy and pandas, from the crate's folder:

    ${PYTHON:-python3} benches/describe_versus.py

It saves 10,000,000 rows of 5 normal `float32` to a temporary `.npy` file, times
`pandas.DataFrame.describe` on them and `cargo bench --bench describe`, and prints
a table. Nothing is asserted.
"""

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
TARGET = 0.1


def shortest(run):
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        took.append(time.perf_counter() - start)
    return min(took) * 1e3


def ours(path):
    """Milliseconds by number of threads."""
    command = ["cargo", "bench", "--bench", "describe", "--", str(path)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.findall(r"describe, (\d+) thread\(s\): ([\d.]+) ms", out)
    return {int(threads): float(took) for threads, took in found}


def main():
    values = np.random.default_rng(SEED).standard_normal((ROWS, COLUMNS), dtype=np.float32)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "values.npy"
        np.save(path, values)
        found = ours(path)
    peer = shortest(pd.DataFrame(values).describe)
    print("| task | ours | peer | ratio | target | met or short |")
    print("|---|---:|---:|---:|---:|---|")
    for threads, took in found.items():
        ratio = took / peer
        verdict = "met" if ratio <= TARGET else "short"
        task = f"describe {ROWS:,} × {COLUMNS} float32, {threads} thread(s); pandas {pd.__version__}"
        print(f"| {task} | {took:.0f} ms | {peer:.0f} ms | {ratio:.3f} | {TARGET} | {verdict} |")


main()
