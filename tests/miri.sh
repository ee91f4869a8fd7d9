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

# Files of 64 MiB, every half float, all pairs of types: Miri would take hours for
# them. It has no room for arrays that must only not be given any, and says errors of
# files in words of its own.
skipped=(npy:: npz:: large_arrays entries_are_taken_along_any zero_and_one_survive
  float16::tests::every float16::tests::the_nearest float16::tests::texts
  what_cannot_be_filled places_that_cannot_be_written)

cd "$root"
export MIRIFLAGS=-Zmiri-disable-isolation
export PROPTEST_CASES=2 PROPTEST_DISABLE_FAILURE_PERSISTENCE=1
cargo +nightly miri test --target-dir "$target/miri" --lib -- tensor:: "${skipped[@]/#/--skip=}" "$@"
