# The same three as containers of compose.yaml, in a project of their own, on ports that Docker chooses.
# shellcheck shell=bash

compose() {
  POSTGRES_PASSWORD=$(password) REDIS_PASSWORD=$(password) docker compose --project-name "fashion-services-$SERVICES_ID" \
    --project-directory "$PROJECT" -f "$PROJECT/compose.yaml" -f "$PROJECT/scripts/services.compose.yaml" "$@"
}

docker_service() { if [ "$1" = postgres ]; then echo db; else echo "$1"; fi; }
docker_port() { case $1 in postgres) echo 5432 ;; redis) echo 6379 ;; elasticsearch) echo 9200 ;; esac; }

docker_up() {
  local name address wanted=() containers=()
  for name in "${SERVICES[@]}"; do
    is_preset "$name" || { wanted+=("$name"); containers+=("$(docker_service "$name")"); }
  done
  [ ${#wanted[@]} -gt 0 ] || return 0
  if ! compose up --detach --wait --wait-timeout "$TIMEOUT" "${containers[@]}" >&2; then
    compose logs --tail 20 "${containers[@]}" >&2 || true
    die "docker compose could not start ${containers[*]}"
  fi
  for name in "${wanted[@]}"; do
    address=$(compose port "$(docker_service "$name")" "$(docker_port "$name")")
    echo "${address##*:}" >"$SERVICES_DIR/$name.port"
  done
}

docker_down() { compose down >&2; }
