#!/usr/bin/env bash
# Makes .venv and installs the given requirements files into it, each only when it has changed since the last time.
# Usage: scripts/venv.sh requirements.txt [requirements-dev.txt]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VENV=.venv

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3.11 python3 python3.12 python3.13 python3.14; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    echo "No Python 3.11 or newer was found." >&2
    echo "  Do: apt-get install -y python3.11, or name one: make demo PYTHON=/path/to/python3.11" >&2
    return 1
}

# Debian ships Python without ensurepip, and then `python -m venv` leaves half an environment behind.
ensure_ensurepip() {
    local python=$1 package
    if "$python" -m ensurepip --version >/dev/null 2>&1; then
        return
    fi
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package, without which Python cannot make virtual environments ..."
        DEBIAN_FRONTEND=noninteractive apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
        return
    fi
    echo "$python cannot make virtual environments: its module ensurepip is missing." >&2
    echo "  Do: sudo apt-get update && sudo apt-get install -y $package, then run make again." >&2
    return 1
}

make_venv() {
    if [ -x "$VENV/bin/python" ] && new_enough "$VENV/bin/python" && "$VENV/bin/python" -c "import pip" 2>/dev/null; then
        return
    fi
    local python
    python=$(find_python)
    ensure_ensurepip "$python"
    echo "Making $VENV with $("$python" --version) ..."
    rm -rf "$VENV"
    "$python" -m venv "$VENV"
}

# The stamp holds the hash of the file as last installed; it is written only after pip has succeeded.
install_changed() {
    local file=$1 stamp wanted
    stamp="$VENV/installed-$file.sha256"
    wanted=$(sha256sum <"$file")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    echo "Installing $file; the first time takes a few minutes ..."
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r "$file"
    echo "$wanted" >"$stamp"
}

if [ $# -eq 0 ]; then
    echo "Usage: scripts/venv.sh requirements.txt [requirements-dev.txt]" >&2
    exit 2
fi
make_venv
for file in "$@"; do
    install_changed "$file"
done
