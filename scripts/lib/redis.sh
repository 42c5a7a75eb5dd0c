# A private Redis, in memory only.
# shellcheck shell=bash

redis_needs() { need redis-server redis-server; }

redis_start() {
  private_dir "$DATA/redis"
  # The password goes through a file, so that the process list does not show it.
  {
    echo "bind 127.0.0.1"
    echo "port $(cat "$SERVICES_DIR/redis.port")"
    echo "requirepass $(password)"
    echo "dir $DATA/redis"
    echo 'save ""'
    echo 'appendonly no'
    echo 'daemonize no'
    echo 'maxmemory 256mb'
    echo 'maxmemory-policy allkeys-lru'
  } >"$DATA/redis/redis.conf"
  [ "$IS_ROOT" = no ] || chown "$SERVICE_USER" "$DATA/redis/redis.conf"
  start_process redis redis-server "$DATA/redis/redis.conf"
}

redis_ready() {
  [ "$(REDISCLI_AUTH=$(password) redis-cli -h 127.0.0.1 -p "$(cat "$SERVICES_DIR/redis.port")" ping 2>/dev/null)" = PONG ]
}
