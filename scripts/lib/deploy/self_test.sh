# Shows that each checker can fail: breaks a copy of each kind of file, and expects the checker to name it.

self_test() {
    local passed=0 failed=0 original=$root
    root=$scratch/broken
    break_containers
    break_manifests
    break_observation
    root=$original
    echo "$passed passed, $failed failed"
    ((failed == 0))
}

break_containers() {
    local compose=docker-compose.yml image=deploy/Dockerfile
    breaks compose "$compose" 'condition value must be one of' \
        's/condition: service_healthy/condition: service_well/'
    breaks compose "$compose" 'image `postgres:latest` is not pinned' \
        's/postgres:17[^ ]*/postgres:latest/'
    breaks compose "$compose" 'redis has no health check' \
        's/redis-cli, ping/NONE/; s/test: \[CMD, NONE\]/disable: true/'
    breaks compose "$compose" 'plain `up` starts' \
        '/^  jaeger:/,/image:/s/profiles: .*/profiles: []/'
    breaks compose "$compose" 'is open to the network' \
        's/"127.0.0.1:\$/"$/'
    breaks dockerfile "$image" 'DL3003' \
        's/-slim-trixie AS chef/ AS chef\nRUN cd \/tmp/'
    breaks dockerfile "$image" 'DL3002' \
        's/^USER .*/USER root/'
    breaks dockerfile "$image" 'has no line like' \
        's/"healthcheck"/"version"/'
}

break_manifests() {
    local base=deploy/kubernetes/base compose=docker-compose.yml
    local monitoring=deploy/kubernetes/monitoring overlay=deploy/kubernetes/overlays/example
    breaks kubernetes "$base/kustomization.yaml" 'deployments.yaml' \
        's/deployment.yaml/deployments.yaml/'
    breaks kubernetes "$base/deployment.yaml" 'readynessProbe' \
        's/readinessProbe/readynessProbe/'
    breaks kubernetes "$base/deployment.yaml" 'maxSurge' \
        's/maxSurge: 1/maxSurge: [1]/'
    breaks kubernetes "$base/deployment.yaml" 'readinessProbe asks /ready ' \
        's/path: \/readyz/path: \/ready/'
    breaks kubernetes "$base/deployment.yaml" 'killed before it has drained' \
        's/Seconds: 35/Seconds: 20/'
    breaks kubernetes "$base/deployment.yaml" 'ASSAY_PORT' \
        's/enableServiceLinks: false/enableServiceLinks: true/'
    breaks kubernetes "$base/migrate.yaml" 'Job assay-migrate: container migrate may' \
        's/readOnlyRootFilesystem: true/readOnlyRootFilesystem: false/'
    breaks kubernetes "$base/service.yaml" 'Service assay: selects no pod' \
        's/component: server/component: web/'
    breaks kubernetes "$monitoring/service-monitor.yaml" 'no Service it selects has the port' \
        's/port: metrics/port: prometheus/'
    breaks settings "$compose" 'REDIS_ADDRESS is not in docs/settings.md' \
        's/REDIS_URL:/REDIS_ADDRESS:/'
    breaks settings "$overlay/kustomization.yaml" 'OIDC_AUDIENZ is not in docs/settings.md' \
        's/OIDC_AUDIENCE=/OIDC_AUDIENZ=/'
    breaks settings deploy/README.md 'ASSAY_LIMIT_COSTS is not in docs/settings.md' \
        's/ASSAY_LIMIT_COST`/ASSAY_LIMIT_COSTS`/'
}

break_observation() {
    local collector=deploy/otel-collector.yaml prometheus=deploy/prometheus
    local rules=$prometheus/assay.rules.yml board=deploy/grafana/dashboards/assay.json
    breaks collector "$collector" '`loki` is used and not defined' \
        's/exporters: \[debug\]/exporters: [loki]/'
    breaks collector "$collector" 'memory_limiter is not its first' \
        's/\[memory_limiter, batch\]/[batch, memory_limiter]/'
    breaks prometheus "$prometheus/prometheus.yml" 'scrape_config' \
        's/scrape_configs/scrape_config/'
    breaks prometheus "$rules" 'AssayInstanceDown' \
        's/up{job="assay"} == 0/up{job="assay"} == 2/'
    breaks alerts "$rules" 'AssayStarts has no entry' \
        's/alert: AssayRestarts/alert: AssayStarts/'
    breaks alerts deploy/README.md 'AssayDown has no entry' \
        's/^### AssayDown/### AssayGone/'
    breaks alerts "$prometheus/prometheus-rule.yaml" 'check-deploy --write' \
        's/== 0/== 1/'
    breaks dashboards "$board" 'the id 2 is taken' \
        's/"id": 3,/"id": 2,/'
    breaks dashboards "$board" 'not a dashboard' \
        '0,/{/s///'
    breaks expressions "$board" 'metric `process_open_files` is neither' \
        's/process_open_fds/process_open_files/'
    breaks expressions "$board" '`result` in' \
        's/sum by (outcome)/sum by (result)/'
    breaks expressions "$board" 'is no PromQL' \
        's/time() - process/time( - process/'
    breaks expressions "$rules" 'metric `assay_redis_open` is neither' \
        's/assay_redis_breaker_open ==/assay_redis_open ==/'
    breaks expressions docs/metrics.md 'metric `assay_build_info` is neither' \
        's/`assay_build_info`/`build_info`/'
}

# A checker, a file, what must then be said, and how sed breaks the file.
breaks() {
    local check=$1 file=$2 expected=$3 edit=$4 said
    copy_tree
    sed -i "$edit" "$root/$file"
    if cmp -s "$root/$file" "$original/$file"; then
        said="the file was not changed by: $edit"
    elif said=$("check_$check" 2>&1 >/dev/null); then
        said="nothing was found"
    elif grep -qE "$expected" <<<"$said"; then
        passed=$((passed + 1))
        said=${said//"$root/"/}
        printf 'red   %-12s %s\n' "$check" "$(grep -E "$expected" <<<"$said" | head -n 1 | cut -c 1-150)"
        return
    fi
    failed=$((failed + 1))
    printf 'FAIL  %-12s %s: %s\n' "$check" "$file" "$said" >&2
}

# What the checkers read, and nothing else.
copy_tree() {
    rm -rf "$root"
    mkdir -p "$root/src/http"
    cp -r "$original/deploy" "$original/docs" "$original/docker-compose.yml" "$original/build.rs" "$root"
    cp "$original/src/http/routes.rs" "$root/src/http"
}
