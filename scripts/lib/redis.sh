# A Redis for the tests, as TEST_REDIS_URL.

provide_redis() {
    if [[ -n ${TEST_REDIS_URL:-} ]]; then
        say "Redis of TEST_REDIS_URL"
    elif have redis-server; then
        start_local_redis
    elif engine_answers; then
        start_redis_container
    elif apt_install redis-server && have redis-server; then
        start_local_redis
    else
        die "the tests need Redis and found none. One of these is enough:
  - install its server:     sudo apt-get install redis-server
  - start a Docker engine:  scripts/test then uses docker compose
  - point at a server:      TEST_REDIS_URL=redis://host:6379 scripts/test"
    fi
    export TEST_REDIS_URL
}

start_local_redis() {
    local port log=$work/redis.log
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --dir "$work" --save '' --appendonly no >"$log" 2>&1 </dev/null &
    started+=($!)
    wait_until_up Redis $! "$log" answers 127.0.0.1 "$port"
    TEST_REDIS_URL=redis://127.0.0.1:$port
    say "Redis at 127.0.0.1:$port (private)"
}

start_redis_container() {
    local address
    compose_up=yes
    address=$(compose_address redis 6379) || die "docker compose could not start Redis; its output is above"
    TEST_REDIS_URL=redis://$address
    say "Redis at $address (docker compose)"
}
