# shellcheck shell=bash
# Brings a machine with Rust and Python 3 to the point where notebooks run:
# the evcxr kernel, a virtual environment, a kernel spec. Sourced by
# notebooks/run.sh and tests/run.sh. Everything project-local lies under
# target/; evcxr_jupyter goes where `cargo install` puts it. Needs no root.

EVCXR_VERSION=0.22.0

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=$root/target
venv=$target/venv
python=$venv/bin/python
tools=$root/notebooks/tools

say() { printf '\n== %s\n' "$*"; }
die() { printf '\nerror: %s\n' "$*" >&2; exit 1; }

# A user's Rust may be installed without being on the PATH of this shell.
find_cargo() {
  local bin=${CARGO_HOME:-$HOME/.cargo}/bin
  case ":$PATH:" in *":$bin:"*) ;; *) PATH=$PATH:$bin ;; esac
  command -v cargo >/dev/null || die "cargo not found: install Rust from https://rustup.rs and run this again"
  command -v python3 >/dev/null || die "python3 not found: install Python 3.10 or newer and run this again"
}

# Two runs at once would write the same environment and the same kernel
# directory, so the second waits. Python's standard library holds the lock
# because `flock` is missing from macOS; it stays with descriptor 9 of this
# shell, and goes when the shell does.
take_turns() {
  mkdir -p "$target"
  exec 9>"$target/setup.lock"
  python3 - <<'PY'
import fcntl
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("another run is at work here: waiting for it to end", flush=True)
    fcntl.flock(9, fcntl.LOCK_EX)
PY
}

# A kernel that is there stays, whatever its version: it is the user's own.
install_evcxr() {
  command -v evcxr_jupyter >/dev/null && return
  say "installing evcxr_jupyter $EVCXR_VERSION with cargo (about 5 minutes, once)"
  # Without --locked the newest dependencies are taken, which do not build.
  cargo install --locked "evcxr_jupyter@$EVCXR_VERSION" 9>&- || die "cargo could not install evcxr_jupyter $EVCXR_VERSION"
}

# Creates the virtual environment with whatever this machine has for it.
create_venv() {
  say "creating a Python environment in target/venv"
  rm -rf "$venv"
  python3 -m venv "$venv" >"$target/venv.log" 2>&1 && return
  rm -rf "$venv"
  if command -v uv >/dev/null; then uv venv --quiet --seed "$venv" && return; fi
  if command -v virtualenv >/dev/null; then virtualenv --quiet "$venv" && return; fi
  cat "$target/venv.log" >&2
  die "python3 cannot create a virtual environment here. Install one of:
  Debian, Ubuntu:  apt install python3-venv
  anywhere:        uv (https://docs.astral.sh/uv) or virtualenv"
}

# install_python NAME: installs requirements file NAME unless exactly it is there.
install_python() {
  local wanted=$tools/$1 done=$venv/$1
  cmp -s "$wanted" "$done" && return
  say "installing Python packages of ${wanted#"$root/"}"
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted" \
    || die "pip could not install ${wanted#"$root/"}"
  cp "$wanted" "$done"
}

# The spec lies in the environment, and JUPYTER_PATH makes every Jupyter
# program started from here find it first. The variable must also reach the
# kernel: at start it rewrites the spec it finds if that is of another version,
# and a user's own spec is none of our business.
register_kernel() {
  export JUPYTER_PATH=$venv/share/jupyter
  local spec=$JUPYTER_PATH/kernels/rust/kernel.json
  grep -qsF "\"$(command -v evcxr_jupyter)\"" "$spec" && return
  evcxr_jupyter --install >"$target/kernel-install.log" 2>&1 \
    || { cat "$target/kernel-install.log" >&2; die "evcxr_jupyter --install failed"; }
}

# A user's init.evcxr, prelude.rs or evcxr.toml would change what cells mean.
isolate_kernel() {
  export EVCXR_CONFIG_DIR=$target/evcxr-config
  mkdir -p "$EVCXR_CONFIG_DIR"
}

# What the notebooks and the tests need. Takes the lock for the whole run.
set_up() {
  find_cargo
  take_turns
  install_evcxr
  "$python" -c 'import sys' 2>/dev/null || create_venv
  install_python requirements.txt
  register_kernel
  isolate_kernel
}
