# Messages, URLs and modes: what every part of scripts/services uses. Sourced, never run.
# shellcheck shell=bash

say() { printf 'services: %s\n' "$*" >&2; }
die() { printf 'services: error: %s\n' "$*" >&2; exit 1; }

# variable_of NAME: the environment variable that carries a service's URL.
variable_of() {
  case $1 in
    postgres) echo DATABASE_URL ;;
    redis) echo REDIS_URL ;;
    elasticsearch) echo ELASTICSEARCH_URL ;;
  esac
}

# own_url NAME: the URL of the service that this script runs, or nothing where none was started.
own_url() {
  local port
  port=$(cat "$SERVICES_DIR/$1.port" 2>/dev/null) || return 0
  case $1 in
    postgres) echo "postgres://fashion:$(password)@127.0.0.1:$port/fashion" ;;
    redis) echo "redis://:$(password)@127.0.0.1:$port/0" ;;
    elasticsearch) echo "http://127.0.0.1:$port" ;;
  esac
}

# is_preset NAME: the environment names a service of its own. A URL that this script handed out earlier (someone
# loaded .services/env and runs the script again) does not count.
is_preset() {
  local variable url
  variable=$(variable_of "$1")
  url=${!variable-}
  [ -n "$url" ] && [ "$url" != "$(own_url "$1")" ] && ! grep -qxF "$url" "$SERVICES_DIR/handed-out" 2>/dev/null
}

url_of() {
  local variable
  variable=$(variable_of "$1")
  if is_preset "$1"; then echo "${!variable}"; else own_url "$1"; fi
}

without_password() { printf '%s\n' "$1" | sed -E 's#(://[^:/@]*):[^@]*@#\1:***@#'; }

# The one password of this folder's PostgreSQL and Redis, made at first use.
password() {
  local file=$SERVICES_DIR/password
  if [ ! -s "$file" ]; then
    mkdir -p "$SERVICES_DIR"
    (umask 077; od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$file.new")
    mv "$file.new" "$file"
  fi
  cat "$file"
}

# answers URL: something accepts connections there. A URL without a host (a local socket) counts as answering.
answers() {
  python3 - "$1" <<'PY'
import socket
import sys
from urllib.parse import urlsplit

url = urlsplit(sys.argv[1])
default = {"http": 80, "https": 443, "redis": 6379, "rediss": 6379}.get(url.scheme, 5432)
if url.hostname:
    try:
        socket.create_connection((url.hostname, url.port or default), timeout=5).close()
    except OSError:
        sys.exit(1)
PY
}

# free_port NAME: the port that the service had before, if nobody else listens there now, else a new one.
free_port() {
  python3 - "$(cat "$SERVICES_DIR/$1.port" 2>/dev/null)" <<'PY'
import socket
import sys

for port in (int(sys.argv[1] or 0), 0):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(probe.getsockname()[1])
        break
PY
}

write_env() {
  local name new=$SERVICES_DIR/env.new
  for name in "${SERVICES[@]}"; do
    if is_preset "$name" && ! answers "$(url_of "$name")"; then
      die "$(variable_of "$name") is set in the environment, but nothing answers at $(without_password "$(url_of "$name")")"
    fi
  done
  (
    umask 077
    for name in "${SERVICES[@]}"; do echo "$(variable_of "$name")=$(url_of "$name")"; done >"$new"
    for name in "${SERVICES[@]}"; do
      is_preset "$name" || grep -qxF "$(own_url "$name")" "$SERVICES_DIR/handed-out" 2>/dev/null \
        || own_url "$name" >>"$SERVICES_DIR/handed-out"
    done
  )
  mv "$new" "$SERVICES_DIR/env"
}

docker_answers() { docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; }

choose_mode() {
  local mode=${SERVICES_MODE:-}
  case $mode in
    docker) docker_answers || die "SERVICES_MODE=docker, but no Docker engine with the compose plugin answers" ;;
    native) ;;
    '') if docker_answers; then mode=docker; else mode=native; fi ;;
    *) die "SERVICES_MODE is '$mode'; it may be docker or native" ;;
  esac
  if [ "$mode" != "$(recorded_mode)" ] && [ -e "$SERVICES_DIR/mode" ]; then
    say "switching from $(recorded_mode) to $mode: stopping the former"
    "$(recorded_mode)_down"
  fi
  echo "$mode"
}

recorded_mode() { cat "$SERVICES_DIR/mode" 2>/dev/null || echo native; }
