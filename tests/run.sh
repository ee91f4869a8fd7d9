#!/usr/bin/env bash
# Every check of this project, fastest first. Stops at the first that fails
# and names it. Installs what is missing, as notebooks/run.sh does.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../notebooks/tools/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../notebooks/tools/setup.sh"
cd "$root"

stage="set-up"
trap '[ $? -eq 0 ] || printf "\nFAILED: %s\n" "$stage" >&2' EXIT

# check NAME COMMAND...: runs one stage under a heading, and times it.
check() {
  stage=$1
  shift
  local start=$SECONDS
  say "$stage"
  "$@"
  printf -- '-- %s: passed in %d s\n' "$stage" $((SECONDS - start))
}

components() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  rustup component add rustfmt clippy || die "rustfmt and clippy are missing: install them with your Rust"
}

python_tests() { (cd tests && "$python" -m pytest "$@"); }
rustdoc() { RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items; }

set_up
components
check "format" cargo fmt --check
check "clippy" cargo clippy --quiet --all-targets -- -D warnings
check "clippy, no default features" cargo clippy --quiet --all-targets --no-default-features -- -D warnings
export NDSIGHT_PYTHON=$python
check "unit, integration and doc tests" cargo test --quiet
check "unit and integration tests, no default features" cargo test --quiet --no-default-features --lib --tests
check "documentation" rustdoc
check "dependencies" tests/supply.sh
check "hostile files" python_tests hostile
check "notebook checker" python_tests notebooks
check "kernel" python_tests kernel
check "notebooks" env PYTHONPATH="$tools" "$python" -m runner "$target/notebooks" "$root"/notebooks/*.ipynb
printf '\nALL CHECKS PASSED in %d s\n' "$SECONDS"
