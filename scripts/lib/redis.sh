# A Redis for the tests, as TEST_REDIS_URL. Its server must be here in any case: some tests start one of
# their own, to kill, pause and empty it.

provide_redis() {
    have redis-server || { apt_install redis-server && have redis-server; } || die "the tests need redis-server, and it is not installed:
  sudo apt-get install redis-server     (brew install redis, dnf install redis, …)"
    if [[ -n ${TEST_REDIS_URL:-} ]]; then
        say "Redis of TEST_REDIS_URL"
    else
        start_local_redis
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
