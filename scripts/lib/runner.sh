# Runs the tests with cargo-nextest where it is installed, else with cargo test, and counts them.

cargo=${CARGO:-cargo}

run_tests() {
    local log=$work/tests.log status=0
    if [[ $full == yes ]]; then export PROPTEST_CASES=${PROPTEST_CASES:-4096}; fi
    run_all 2>&1 | tee "$log" || status=1
    report "$log" || status=1
    return "$status"
}

run_all() {
    local status=0
    if ! $cargo nextest --version >/dev/null 2>&1; then
        with_cargo_test
        return
    fi
    with_nextest || status=1
    if ((${#words[@]} == 0)); then $cargo test --workspace --doc --quiet || status=1; fi
    return "$status"
}

with_nextest() {
    local ignored=()
    if [[ $full == yes ]]; then ignored=(--run-ignored all --profile full); fi
    $cargo nextest run --workspace --no-fail-fast "${ignored[@]}" "${words[@]}"
}

with_cargo_test() {
    local ignored=()
    if [[ $full == yes ]]; then ignored=(--include-ignored); fi
    $cargo test --workspace --no-fail-fast -- "${ignored[@]}" "${words[@]}"
}

# Ends with the plain line `N passed, N failed`; red also when a database saw no test, or went away.
report() { # log
    local status=0 passed failed on_sqlite on_postgres
    passed=$(total "$1" passed) failed=$(total "$1" failed)
    on_sqlite=$(passed_on "$1" sqlite) on_postgres=$(passed_on "$1" postgres)
    echo
    echo "on SQLite: $on_sqlite passed"
    echo "on PostgreSQL: $on_postgres passed"
    if ((${#words[@]} == 0 && (on_sqlite == 0 || on_postgres == 0))); then
        echo "error: a database saw no passing test"
        status=1
    fi
    if ! postgres_answers; then
        echo "error: PostgreSQL at $postgres_host:$postgres_port stopped answering during the run"
        status=1
    fi
    if ((failed > 0 || passed == 0)); then status=1; fi
    echo "$passed passed, $failed failed"
    return "$status"
}

# Sums what the runners' own summaries say: nextest's `Summary`, and `test result:` of cargo test.
total() { # log passed|failed
    grep -E '^ *Summary \[|^test result:' "$1" \
        | grep -oE "[0-9]+ ($2$([[ $2 == failed ]] && echo '|timed out|exec failed'))" \
        | awk '{ sum += $1 } END { print sum + 0 }' || true
}

passed_on() { # log sqlite|postgres
    grep -cE "^ *PASS \[.*(:| )$2::|^test (.*::)?$2::.* \.\.\. ok$" "$1" || true
}
