#!/usr/bin/env bash
# Runs the notebooks in the real Rust kernel, installing what is missing, and
# fails if a cell does.
#
#   notebooks/run.sh                 run all; executed copies and HTML pages go to target/notebooks/
#   notebooks/run.sh 01_images.ipynb run the named ones
#   notebooks/run.sh --lab           open JupyterLab on the executed copies, running them first if there are none
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=tools/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/tools/setup.sh"

out=$target/notebooks

run_notebooks() {
  say "running notebooks in the Rust kernel (a first run builds their dependencies: about two minutes)"
  PYTHONPATH=$tools "$python" -m runner "$out" "$@"
}

executed() {
  local source
  for source in "$root"/notebooks/*.ipynb; do
    [ -f "$out/$(basename "$source")" ] || return 1
  done
}

open_lab() {
  say "opening JupyterLab on target/notebooks (Ctrl-C ends it)"
  local options=("--notebook-dir=$out")
  [ "$(id -u)" = 0 ] && options+=(--allow-root)
  exec 9>&-
  exec "$venv/bin/jupyter" lab "${options[@]}" "$@"
}

set_up
install_python requirements-lab.txt

if [ "${1:-}" = --lab ]; then
  shift
  executed || run_notebooks "$root"/notebooks/*.ipynb
  open_lab "$@"
fi

names=("$@")
sources=()
for name in "${names[@]+"${names[@]}"}"; do sources+=("$root/notebooks/$(basename "$name")"); done
[ ${#sources[@]} -gt 0 ] || sources=("$root"/notebooks/*.ipynb)
run_notebooks "${sources[@]}"

cat <<DONE

Every notebook ran. Read them as pages:  ${out#"$PWD/"}/*.html
Work in them:                            notebooks/run.sh --lab
(The next run writes these copies anew: keep your own work under another name.)
DONE
