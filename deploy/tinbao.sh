#!/bin/sh
# A command of the operator, run as the service runs: its user, its settings, its key. As root: tinbao doctor
# Install it as /usr/local/sbin/tinbao.
set -eu
set -a
. /etc/tinbao/env
TINBAO_SECRET_KEY=$(cat /etc/tinbao/key)
set +a
umask 077
exec runuser -u tinbao -- /opt/tinbao/.venv/bin/tinbao "$@"
