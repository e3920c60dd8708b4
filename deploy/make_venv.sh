#!/bin/sh
# Make the virtual environment named by $1. Debian and Ubuntu ship Python without the part that makes one
# (python3-venv); where we may, we install it, and where we may not, we say which command does.
set -eu
dir=$1
for python in python3 python3.13 python3.12 python3.11; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && break
    python=
done
[ -n "${python:-}" ] || { echo "Tin Báo needs Python 3.11 or newer: apt-get install python3" >&2; exit 1; }
"$python" -m venv "$dir" && exit 0
rm -rf "$dir"
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && { apt-get install -y -qq "python$version-venv" || apt-get install -y -qq python3-venv; }
    exec "$python" -m venv "$dir"
fi
echo "Python's venv part is missing. Run: sudo apt-get install python$version-venv   and then the same command again." >&2
exit 1
