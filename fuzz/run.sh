#!/usr/bin/env bash
# Fuzzes the targets, two at once: fuzz/run.sh SECONDS [TARGET...]. Installs what is
# missing, builds, and says at the end in one line what came of each target. Fails
# where there is a finding; its input is in fuzz/artifacts.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../notebooks/tools/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../notebooks/tools/setup.sh"

CARGO_FUZZ_VERSION=0.13.2

seconds=${1:-}
[[ $seconds =~ ^[0-9]+$ ]] || die "usage: fuzz/run.sh SECONDS [TARGET...]"
shift
cd "$root/fuzz"
targets=("$@")
[ $# -gt 0 ] || for file in fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done

# Options for sanitizers and coverage are kept for nightly compilers. This lets the
# stable one take them, so that what is fuzzed is what users compile.
export RUSTC_BOOTSTRAP=1

find_cargo
if ! cargo fuzz --version >/dev/null 2>&1; then
  say "installing cargo-fuzz $CARGO_FUZZ_VERSION with cargo (once)"
  cargo install --locked "cargo-fuzz@$CARGO_FUZZ_VERSION" || die "cargo could not install cargo-fuzz $CARGO_FUZZ_VERSION"
fi
mkdir -p "$target/fuzz"
"$python" -c 'import sys' 2>/dev/null || create_venv
install_python requirements.txt
"$python" -B seeds.py

logs=$target/fuzz
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

# fuzz TARGET: its exit says whether there was a finding. Threads that end with their
# pass are not waited for, and would be taken for leaks; what really leaks, grows.
fuzz() {
  mkdir -p "corpus/$1"
  cargo fuzz run "$1" -- -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -detect_leaks=0 \
    -dict=corpus/words.dict -len_control=0 -print_final_stats=1 >"$logs/$1.log" 2>&1
}

# last PATTERN LOG: the number behind the last of these words.
last() { grep -oE "$1 *[0-9]+" "$2" | tail -1 | grep -oE '[0-9]+$' || echo '?'; }

say "building"
cargo fuzz build
say "fuzzing ${targets[*]} for $seconds s each"
failed=0
for ((i = 0; i < ${#targets[@]}; i += 2)); do
  running=()
  for name in "${targets[@]:i:2}"; do
    fuzz "$name" &
    running+=($!)
  done
  for job in "${running[@]}"; do wait "$job" || failed=1; done
done

printf '\n%-15s %10s %7s %9s %7s %9s\n' target executions exec/s coverage corpus findings
for name in "${targets[@]}"; do
  log=$logs/$name.log
  printf '%-15s %10s %7s %9s %7s %9s\n' "$name" \
    "$(last 'number_of_executed_units:' "$log")" "$(last 'average_exec_per_sec:' "$log")" \
    "$(last 'cov:' "$log")" "$(last 'corp:' "$log")" "$(grep -c 'Test unit written to' "$log" || true)"
done
[ $failed -eq 0 ] || die "there are findings, or a target could not run: see target/fuzz"
