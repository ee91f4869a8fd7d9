#!/usr/bin/env bash
# What the dependencies may be: their licences, where they come from, how often each
# is there (deny.toml), and that none has a known fault. Where the list of faults
# cannot be fetched, that is said, and fails nothing: it was not found out.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../notebooks/tools/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../notebooks/tools/setup.sh"

CARGO_DENY_VERSION=0.20.2

find_cargo
if ! cargo deny --version >/dev/null 2>&1; then
  say "installing cargo-deny $CARGO_DENY_VERSION with cargo (about 5 minutes, once)"
  cargo install --locked "cargo-deny@$CARGO_DENY_VERSION" || die "cargo could not install cargo-deny $CARGO_DENY_VERSION"
fi

cd "$root"
cargo deny check licenses bans sources

mkdir -p "$target"
if cargo deny fetch db 2>"$target/advisories.log"; then
  cargo deny --offline check advisories
else
  cat "$target/advisories.log" >&2
  printf 'advisories NOT CHECKED: the list of known faults could not be fetched from github.com\n' >&2
fi
