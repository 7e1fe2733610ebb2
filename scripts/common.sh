# Sourced by the scripts beside it: makes `.venv` on a machine with nothing but Python 3.11 or newer.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv="$root/.venv"

find_python() {
  for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      command -v "$candidate"
      return
    fi
  done
  echo "Python 3.11 or newer is needed; set PYTHON to its path." >&2
  return 1
}

# install NAME ARGUMENTS…: pip-install once, again only when pyproject.toml has changed since.
install() {
  local stamp="$venv/.installed-$1"
  shift
  [ -x "$venv/bin/python" ] || "$(find_python)" -m venv "$venv"
  if [ ! -e "$stamp" ] || [ "$root/pyproject.toml" -nt "$stamp" ]; then
    # Dependency groups need a newer pip than some systems carry.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
    touch "$stamp"
  fi
}
