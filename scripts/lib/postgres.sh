# A PostgreSQL for the tests, as TEST_DATABASE_URL. Its user must be allowed to create databases.

postgres_host=
postgres_port=

provide_postgres() {
    if [[ -n ${TEST_DATABASE_URL:-} ]]; then
        use_given_postgres
    elif postgres_binaries >/dev/null; then
        start_local_postgres
    elif engine_answers; then
        start_postgres_container
    elif install_postgres && postgres_binaries >/dev/null; then
        start_local_postgres
    else
        die "the tests need PostgreSQL 15 or newer and found none. One of these is enough:
  - install its server:     sudo apt-get install postgresql
  - start a Docker engine:  scripts/test then uses docker compose
  - point at a server:      TEST_DATABASE_URL=postgres://user:password@host:5432/postgres scripts/test"
    fi
    export TEST_DATABASE_URL
}

use_given_postgres() {
    local address='^postgres(ql)?://([^@/]*@)?([^:/?]+)(:([0-9]+))?'
    [[ $TEST_DATABASE_URL =~ $address ]] \
        || die "TEST_DATABASE_URL is not of the form postgres://user:password@host:port/database"
    postgres_host=${BASH_REMATCH[3]} postgres_port=${BASH_REMATCH[5]:-5432}
    postgres_answers || die "TEST_DATABASE_URL names $postgres_host:$postgres_port, and nothing answers there"
    say "PostgreSQL at $postgres_host:$postgres_port (TEST_DATABASE_URL)"
}

# The directory of initdb and postgres: Debian keeps them out of PATH; the newest comes first.
postgres_binaries() {
    local directory
    for directory in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV) \
        "$(dirname "$(command -v initdb || echo /nonexistent/initdb)")"; do
        if [[ -x $directory/initdb && -x $directory/postgres ]]; then
            echo "$directory"
            return
        fi
    done
    return 1
}

start_local_postgres() {
    make_cluster "$work/postgres"
    postgres_host=127.0.0.1 postgres_port=$(free_port)
    start_cluster "$work/postgres" "$postgres_port" -c max_wal_size=4GB
    TEST_DATABASE_URL=postgres://assay:$(cat "$work/password")@127.0.0.1:$postgres_port/postgres
    say "PostgreSQL at 127.0.0.1:$postgres_port ($("$(postgres_binaries)/postgres" --version), a private cluster)"
}

# A new cluster of our own. All have the same superuser, assay, whose password lies in $work/password.
make_cluster() { # data
    local log=$1.log
    own_by_server_user "$work"
    if [[ ! -e $work/password ]]; then
        od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$work/password"
        own_by_server_user "$work/password"
    fi
    (cd "$work" && exec_as_server_user "$(postgres_binaries)/initdb" --pgdata="$1" --username=assay \
        --pwfile="$work/password" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C \
        --no-sync) >"$log" 2>&1 || { cat "$log" >&2; die "initdb failed; its output is above"; }
}

# Without durability: it is thrown away.
start_cluster() { # data port setting…
    local data=$1 port=$2 log=$1.log binaries
    shift 2
    binaries=$(postgres_binaries)
    (cd "$work" && exec_as_server_user "$binaries/postgres" -D "$data" -k "$work" -p "$port" \
        -c listen_addresses=127.0.0.1 -c max_connections=400 -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c autovacuum=off "$@") >>"$log" 2>&1 </dev/null &
    started+=($!)
    wait_until_up PostgreSQL $! "$log" "$binaries/pg_isready" -q -h 127.0.0.1 -p "$port" -U assay
}

start_postgres_container() {
    local address
    compose_up=yes
    address=$(compose_address postgres 5432) || die "docker compose could not start PostgreSQL; its output is above"
    postgres_host=${address%:*} postgres_port=${address##*:}
    TEST_DATABASE_URL=postgres://assay:assay@$address/postgres
    say "PostgreSQL at $address (docker compose)"
}

# Without Debian's own cluster, which nobody here would use.
install_postgres() {
    local conf=/etc/postgresql-common/createcluster.conf
    if have apt-get && [[ ! -e $conf ]] && privileged mkdir -p "${conf%/*}" 2>/dev/null; then
        echo 'create_main_cluster = false' | privileged tee "$conf" >/dev/null
    fi
    apt_install postgresql
}

postgres_answers() { answers "$postgres_host" "$postgres_port"; }
