# A private PostgreSQL cluster, over TCP on the loopback only. Durability is off: this is for development and tests.
# shellcheck shell=bash

postgres_needs() { [ -n "$(postgres_bin)" ] || missing_packages+=(postgresql); }

# postgres_bin: the folder of the server's programs; of the version that made the data, where there are data.
postgres_bin() {
  local version bin
  version=$(cat "$SERVICES_DIR/data/postgres/cluster/PG_VERSION" 2>/dev/null || true)
  for bin in "/usr/lib/postgresql/${version:-*}/bin" "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
    # shellcheck disable=SC2012,SC2086  # a pattern: the newest version comes last
    bin=$(ls -d $bin 2>/dev/null | sort -V | tail -n 1)
    if [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ]; then echo "$bin"; return; fi
  done
}

postgres_start() {
  local bin cluster=$DATA/postgres/cluster
  bin=$(postgres_bin)
  private_dir "$DATA/postgres"
  if ! as_user test -s "$cluster/PG_VERSION"; then
    password >"$DATA/postgres/pwfile"
    [ "$IS_ROOT" = no ] || chown "$SERVICE_USER" "$DATA/postgres/pwfile"
    chmod 600 "$DATA/postgres/pwfile"
    as_user "$bin/initdb" --pgdata="$cluster" --username=fashion --pwfile="$DATA/postgres/pwfile" \
      --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$SERVICES_DIR/postgres.log" 2>&1 \
      || fail_with_log postgres "PostgreSQL's initdb failed"
    rm -f "$DATA/postgres/pwfile"
  fi
  forget_dead_postmaster "$cluster/postmaster.pid"
  start_process postgres "$bin/postgres" -D "$cluster" -p "$(cat "$SERVICES_DIR/postgres.port")" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100 -c shared_buffers=256MB \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=2GB -c jit=off -c timezone=UTC
}

# A server that was killed leaves its lock file behind, and PostgreSQL honours it as long as the number is taken, even
# by a process that only waits to be reaped.
forget_dead_postmaster() {
  local pid
  pid=$(as_user head -n 1 "$1" 2>/dev/null) || return 0
  process_identity "$pid" >/dev/null || as_user rm -f "$1"
}

postgres_query() {
  local bin
  bin=$(postgres_bin)
  PGPASSWORD=$(password) PGCONNECT_TIMEOUT=5 "$bin/psql" -X -q -A -t -h 127.0.0.1 \
    -p "$(cat "$SERVICES_DIR/postgres.port")" -U fashion -d postgres -c "$1" 2>/dev/null
}

postgres_ready() { [ "$(postgres_query 'SELECT 1')" = 1 ]; }

postgres_after_start() {
  [ "$(postgres_query "SELECT 1 FROM pg_database WHERE datname = 'fashion'")" = 1 ] \
    || postgres_query 'CREATE DATABASE fashion' || die "could not create the database 'fashion'"
}
