#!/usr/bin/env bash
# What this crate takes for its tasks beside other libraries, in one run on the same
# files: `benches/versus.sh` prints a table, and another of how our costs grow with the
# number of rows. Besides compiling it takes about four minutes, 4 GB of memory and 2 GB
# under target/versus, and wants an idle machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

venv=target/versus/venv
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet numpy pandas matplotlib seaborn pillow boost-histogram fast-histogram datashader
fi
cargo bench --bench versus --no-run
"$venv/bin/python" benches/versus.py target/versus/data "$@"
cargo bench --bench scaling
