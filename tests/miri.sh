#!/usr/bin/env bash
# Runs the tests of arrays in Miri, which sees every read and write that is not
# allowed. This crate has no unsafe code; what is looked at is ndarray's, under the
# views, transposes and casts that are made of arrays here.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../notebooks/tools/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../notebooks/tools/setup.sh"

find_cargo
cargo +nightly miri --version >/dev/null 2>&1 \
  || die "Miri is missing: rustup toolchain install nightly --component miri --component rust-src"

cd "$root"
# Files are read, which Miri allows only so. It is a thousand times slower than the
# machine, so that of what is made at random there is little.
export MIRIFLAGS=-Zmiri-disable-isolation
export PROPTEST_CASES=2 PROPTEST_DISABLE_FAILURE_PERSISTENCE=1
cargo +nightly miri test --target-dir "$target/miri" --lib -- tensor:: "$@"
