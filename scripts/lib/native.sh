# The machine's own packages, as processes of our own. Sourced, never run.
# shellcheck shell=bash

IS_ROOT=$([ "$(id -u)" -eq 0 ] && echo yes || echo no)
SERVICE_USER=${SERVICES_USER:-postgres}
AS_USER=()

native_up() {
  local name wanted=()
  for name in "${SERVICES[@]}"; do is_preset "$name" || wanted+=("$name"); done
  for name in ${wanted[@]+"${wanted[@]}"}; do "${name}_needs"; done
  install_missing
  prepare_user
  prepare_data
  for name in ${wanted[@]+"${wanted[@]}"}; do
    if running "$name" && "${name}_ready"; then continue; fi
    stop_process "$name"
    say "starting $name"
    free_port "$name" >"$SERVICES_DIR/$name.port.new"
    mv "$SERVICES_DIR/$name.port.new" "$SERVICES_DIR/$name.port"
    "${name}_start"
  done
  for name in ${wanted[@]+"${wanted[@]}"}; do
    wait_until_ready "$name"
    if declare -F "${name}_after_start" >/dev/null; then "${name}_after_start"; fi
  done
}

native_down() {
  local name
  for name in "${SERVICES[@]}"; do
    if running "$name"; then say "stopping $name"; fi
    stop_process "$name"
  done
}

# prepare_user: neither PostgreSQL nor Elasticsearch starts as root, so root lends them another user.
prepare_user() {
  [ "$IS_ROOT" = yes ] || return 0
  id -u "$SERVICE_USER" >/dev/null 2>&1 || die "there is no user '$SERVICE_USER' to run the services; set SERVICES_USER"
  [ "$(id -u "$SERVICE_USER")" -ne 0 ] || die "SERVICES_USER must not be root"
  AS_USER=(setpriv "--reuid=$SERVICE_USER" "--regid=$(id -g "$SERVICE_USER")" --init-groups --)
}

as_user() { (cd / && ${AS_USER[@]+"${AS_USER[@]}"} "$@"); }

# prepare_data: the folder of the data is $SERVICES_DIR/data. Where the services' user may not enter there (a clone
# under /root, say), it is a link to a folder under /var/tmp.
prepare_data() {
  local link=$SERVICES_DIR/data
  if [ ! -e "$link" ]; then
    if as_user test -x "$SERVICES_DIR"; then mkdir "$link"; else ln -sfn "$(mktemp -d /var/tmp/fashion-services.XXXXXX)" "$link"; fi
    chmod 755 "$link/."
  fi
  DATA=$(realpath "$link")
}

# private_dir PATH: a folder that only the services' user may read.
private_dir() {
  mkdir -p "$1"
  [ "$IS_ROOT" = no ] || chown "$SERVICE_USER" "$1"
  chmod 700 "$1"
}

# A process is named by its id, its start time and the boot it belongs to, so that a number that was used again for
# somebody else's process is never taken for ours.
process_identity() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # shellcheck disable=SC2086  # fields wanted
  set -- "$1" ${stat##*) }
  [ "$2" != Z ] || return 1
  echo "$1 ${21} $(cat /proc/sys/kernel/random/boot_id)"
}

running() {
  local recorded
  recorded=$(cat "$SERVICES_DIR/$1.pid" 2>/dev/null) || return 1
  [ "$(process_identity "${recorded%% *}")" = "$recorded" ]
}

# start_process NAME COMMAND...: in a session of its own, as the services' user, output to the service's log.
start_process() {
  local name=$1
  shift
  (
    exec 9>&-
    cd "$DATA/$name" || exit 1
    exec setsid ${AS_USER[@]+"${AS_USER[@]}"} "$@" </dev/null >"$SERVICES_DIR/$name.log" 2>&1
  ) &
  process_identity $! >"$SERVICES_DIR/$name.pid" || true
}

stop_process() {
  local name=$1 pid signal=TERM waited=0
  if running "$name"; then
    read -r pid _ <"$SERVICES_DIR/$name.pid"
    if [ "$name" = postgres ]; then signal=INT; fi
    kill "-$signal" "$pid" 2>/dev/null || true
    while running "$name" && [ $waited -lt 300 ]; do sleep 0.1; waited=$((waited + 1)); done
    # Whatever is left of its own session (setsid above), after half a minute or a launcher that went first.
    kill -KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$SERVICES_DIR/$name.pid"
}

wait_until_ready() {
  local name=$1 end=$((SECONDS + TIMEOUT))
  until "${name}_ready"; do
    running "$name" || fail_with_log "$name" "$name ended while it was starting"
    [ $SECONDS -lt $end ] || fail_with_log "$name" "$name did not answer within $TIMEOUT seconds"
    sleep 0.3
  done
}

fail_with_log() {
  printf -- '--- end of %s\n' "$SERVICES_DIR/$1.log" >&2
  tail -n 20 "$SERVICES_DIR/$1.log" >&2 || true
  stop_process "$1"
  die "$2"
}
