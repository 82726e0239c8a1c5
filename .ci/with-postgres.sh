#!/usr/bin/env bash
# Runs a command with DATABASE_URL naming a PostgreSQL server.
#
#   .ci/with-postgres.sh pytest …
#
# A postgres:// DATABASE_URL of the caller is used as it is. Otherwise a private server is started:
# its own port on the loopback, its own folder, no durability, gone when the command ends. Its
# superuser is POSTGRES_USER (haeuser).
set -euo pipefail

case "${DATABASE_URL:-}" in
  postgres*) exec "$@" ;;
esac

bin=$(find /usr/lib/postgresql -maxdepth 3 -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { initdb=$(command -v initdb) && bin=$(dirname "$initdb"); } || {
  echo "No PostgreSQL server on this machine: set DATABASE_URL=postgres://user@host/name or install" \
    "one (Debian: apt-get install postgresql)." >&2
  exit 1
}

# In memory where there is plenty: each database of the tests is a thousand files, and to copy them
# takes a tenth of the time there.
place=/tmp
plenty=$((8 * 1024 * 1024)) # KiB
room=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1) || true
free=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null) || true
# A container may have less than its host says.
limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null) || true
case "$limit" in
  '' | max) ;;
  *) [ "$((limit / 1024))" -ge "${free:-0}" ] || free=$((limit / 1024)) ;;
esac
[ "${room:-0}" -gt "$plenty" ] && [ "${free:-0}" -gt "$plenty" ] && place=/dev/shm
folder=$(mktemp -d "$place/haeuser-postgres.XXXXXX")
as_owner=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$folder"
  as_owner=(runuser -u postgres --)
fi

finish() {
  "${as_owner[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Sorts as a German server does: a range of text by bytes is empty there, and tests have to notice.
cd "$folder" # the server's user may not be allowed to enter the caller's folder
"${as_owner[@]}" "$bin/initdb" --pgdata data --username "${POSTGRES_USER:-haeuser}" --auth trust \
  --encoding UTF8 --locale C.UTF-8 --locale-provider icu --icu-locale de-DE --no-sync >/dev/null
# Nothing has to outlive the run, nobody else asks, and queries are too small to be compiled.
fast=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal
  -c max_wal_senders=0 -c max_wal_size=1GB -c checkpoint_timeout=1h -c shared_buffers=256MB
  -c autovacuum=off -c jit=off)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${as_owner[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait --timeout 60 --options \
  "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder ${fast[*]}" \
  start >/dev/null || { cat "$folder/log" >&2; exit 1; }
cd "$OLDPWD"

PATH="$PATH:$bin" DATABASE_URL="postgres://${POSTGRES_USER:-haeuser}@127.0.0.1:$port/postgres" "$@"
