# A primary and a streaming replica, as TEST_REPLICATED_URLS (primary,replica). They are a pair of their own,
# whatever the other tests run on: tests stop, delay and reach around the replica.

provide_replication() {
    if [[ -n ${TEST_REPLICATED_URLS:-} ]]; then
        say "a primary and its replica of TEST_REPLICATED_URLS"
    elif postgres_binaries >/dev/null || { install_postgres && postgres_binaries >/dev/null; }; then
        start_replication
    else
        die "the tests of replicas need PostgreSQL's own server programs and found none. One of these is enough:
  - install them:       sudo apt-get install postgresql
  - point at a pair:    TEST_REPLICATED_URLS=postgres://…primary…,postgres://…replica… scripts/test"
    fi
    export TEST_REPLICATED_URLS
}

start_replication() {
    local binaries primary replica password=$work/password started_at=$SECONDS
    binaries=$(postgres_binaries)
    make_cluster "$work/primary"
    primary=$(free_port)
    # Durable in name, so that a replica gets each commit at once and not when the log writer wakes.
    start_cluster "$work/primary" "$primary" -c max_wal_senders=4 -c synchronous_commit=on
    (cd "$work" && exec_as_server_user env PGPASSWORD="$(cat "$password")" "$binaries/pg_basebackup" \
        --pgdata="$work/replica" --host=127.0.0.1 --port="$primary" --username=assay --write-recovery-conf \
        --checkpoint=fast --no-sync) >"$work/basebackup.log" 2>&1 \
        || { cat "$work/basebackup.log" >&2; die "pg_basebackup failed; its output is above"; }
    replica=$(free_port)
    # Queries are never cancelled for what is replayed: the tests pause that for as long as they like.
    start_cluster "$work/replica" "$replica" -c hot_standby=on -c max_standby_streaming_delay=-1
    local user
    user=assay:$(cat "$password")
    TEST_REPLICATED_URLS=postgres://$user@127.0.0.1:$primary/postgres,postgres://$user@127.0.0.1:$replica/postgres
    say "a primary at 127.0.0.1:$primary and its replica at 127.0.0.1:$replica (private, after $((SECONDS - started_at)) s)"
}
