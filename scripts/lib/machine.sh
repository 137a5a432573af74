# What the other parts of scripts/test ask of the machine: say, die, ports, users, packages, clean-up.

started=()   # process ids of servers this run started
compose_up=no

say() { printf '\n==> %s\n' "$*" >&2; }

die() {
    printf '\nerror: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Short, because the path of a unix socket may not exceed some 100 bytes.
private_directory() { mktemp -d /tmp/assay-test.XXXXXX; }

answers() { # host port
    (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

free_port() {
    local port
    for _ in {1..50}; do
        port=$((20000 + RANDOM % 12000))
        if ! answers 127.0.0.1 "$port"; then
            echo "$port"
            return
        fi
    done
    die "found no free port on 127.0.0.1 between 20000 and 32000"
}

# Waits up to 30 s for a server this run started; shows its log when it died instead.
wait_until_up() { # name pid log command…
    local name=$1 pid=$2 log=$3
    shift 3
    for _ in {1..300}; do
        if "$@" >/dev/null 2>&1; then return; fi
        if ! kill -0 "$pid" 2>/dev/null; then break; fi
        sleep 0.1
    done
    tail -n 20 "$log" >&2 || true
    die "$name did not start; its log is above"
}

# The user who may run a server: PostgreSQL refuses root.
server_user() {
    if [[ $(id -u) != 0 ]]; then id -un
    elif id postgres >/dev/null 2>&1; then echo postgres
    else echo nobody
    fi
}

# A command as that user, in place of this shell, so that the process id stays.
exec_as_server_user() {
    local user
    if [[ $(id -u) != 0 ]]; then exec "$@"; fi
    have setpriv || die "running as root needs setpriv (package util-linux), or run scripts/test as another user"
    user=$(server_user)
    exec setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups -- "$@"
}

own_by_server_user() { # directory
    if [[ $(id -u) == 0 ]]; then chown "$(server_user)" "$1"; fi
}

engine_answers() { have docker && docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1; }

compose() { docker compose --project-name "assay-test-$$" --file scripts/lib/compose.yml "$@"; }

# Starts one service of compose.yml and prints its host:port.
compose_address() { # service port
    compose up --detach --wait "$1" >&2 && compose port "$1" "$2"
}

privileged() {
    if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi
}

apt_install() { # package…
    have apt-get && privileged true 2>/dev/null || return 1
    say "installing $*"
    privileged apt-get -qq update >&2 \
        && privileged env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" >&2
}

clean_up() {
    local status=$? pid
    trap - EXIT
    for pid in "${started[@]}"; do kill -INT "$pid" 2>/dev/null || true; done
    for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
    if [[ $compose_up == yes ]]; then compose down --volumes >/dev/null 2>&1 || true; fi
    if [[ -n ${work:-} ]]; then rm -rf "$work"; fi
    exit "$status"
}
