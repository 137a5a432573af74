# One function a kind of file. Each looks at the tree in $root, prints one line of what it saw, and fails with
# `file: problem` on standard error. None starts a container, a server or a cluster.

# The oldest release that is still supported, and the newest that the validator knows.
kubernetes_versions=(1.35.0 1.37.0)
deployments=(deploy/kubernetes/base deploy/kubernetes/overlays/example)

python_check() { # script argument…
    PYTHONDONTWRITEBYTECODE=1 python "$deploy_parts/$1.py" "$root" "${@:2}"
}

wrong() { # file problem
    echo "$1: $2" >&2
    return 1
}

# As it is for somebody who has set nothing.
composed() { (cd "$root" && docker-compose --env-file /dev/null "$@"); }

check_compose() {
    local all=$scratch/compose.json
    composed config --quiet || return 1
    composed --profile '*' config --format json >"$all" || return 1
    python_check compose <"$all"
}

check_dockerfile() {
    local file=$root/deploy/Dockerfile
    (cd "$root" && hadolint --no-color --failure-threshold info deploy/Dockerfile) >&2 || return 1
    # What hadolint does not ask for.
    local pattern
    for pattern in '^USER 65532:65532$' '^FROM gcr.io/distroless/.*:nonroot$' \
        'CMD \["/usr/local/bin/assay", "healthcheck"\]' \
        'SOURCE_COMMIT="\$\{COMMIT\}" cargo build --profile dist --locked'; do
        grep -qE "$pattern" "$file" || wrong deploy/Dockerfile "has no line like $pattern" || return 1
    done
    grep -q SOURCE_COMMIT "$root/build.rs" || wrong deploy/Dockerfile "build.rs reads no SOURCE_COMMIT" \
        || return 1
    echo "hadolint has nothing to say of deploy/Dockerfile"
}

rendered() { # kustomization
    local file=$scratch/${1//\//-}.yaml
    kubectl kustomize "$root/$1" >"$file" && echo "$file"
}

check_kubernetes() {
    local kustomization file version
    for kustomization in "${deployments[@]}"; do
        file=$(rendered "$kustomization") || wrong "$kustomization" "kubectl kustomize failed" || return 1
        for version in "${kubernetes_versions[@]}"; do
            of_its_kind "$kustomization" "$file" "$version" || return 1
        done
        python_check manifests "$kustomization" "$file" || return 1
    done
    echo "valid for Kubernetes ${kubernetes_versions[*]}"
}

# Kinds of other projects have no schema here; every other one must.
of_its_kind() { # kustomization file version
    local said status=0
    said=$(kubernetes-validate --kubernetes-version "$3" --strict "$2" 2>&1) || status=1
    said=$(grep -vE '^INFO|kind (PrometheusRule|ServiceMonitor) with api version' <<<"$said" || true)
    if [[ $status != 0 || -n $said ]]; then
        printf '%s\n' "${said//"$2"/"$1"}" >&2
        return 1
    fi
}

check_settings() {
    local all=$scratch/compose.json manifests
    composed --profile '*' config --format json >"$all" || return 1
    manifests=$(rendered deploy/kubernetes/overlays/example) || return 1
    python_check settings "$all" "$manifests"
}

check_collector() { python_check collector; }

check_prometheus() {
    if ! (cd "$root/deploy/prometheus" && promtool check config prometheus.yml \
        && promtool test rules assay.tests.yml) >"$scratch/promtool" 2>&1; then
        sed 's|^|deploy/prometheus: |' "$scratch/promtool" >&2
        return 1
    fi
    echo "promtool takes configuration and rules, and every test of an alert passes"
}

check_alerts() { python_check alerts; }

check_dashboards() { python_check dashboards; }

# Twice: one parser tells the names in it, the other is Prometheus' own.
check_expressions() {
    local shown=$scratch/shown.yml
    python_check expressions "$shown" || return 1
    if ! promtool check rules "$shown" >"$scratch/promtool" 2>&1; then
        sed 's|^|deploy/grafana/dashboards: |' "$scratch/promtool" >&2
        return 1
    fi
}
