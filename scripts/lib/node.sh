# Node and the GraphQL over HTTP audits: a test tool like PostgreSQL, pinned by tests/audits/package-lock.json.

provide_node() {
    if ! have node || ! have npm; then
        apt_install nodejs npm || true
    fi
    have node && have npm || die "the GraphQL over HTTP audits run on Node 18 or newer, and npm; found none.
  Install them: sudo apt-get install nodejs npm"
    local major
    major=$(node --print 'process.versions.node.split(".")[0]')
    ((major >= 18)) || die "node $(node --version) is too old for the audits; install Node 18 or newer"
    install_audits
}

# Again only when the lock file changed.
install_audits() {
    local lock=tests/audits/package-lock.json stamp=tests/audits/node_modules/.installed-lock
    if cmp -s "$lock" "$stamp"; then return; fi
    say "npm ci in tests/audits"
    (cd tests/audits && npm ci --no-progress --loglevel=error >&2) || die "npm ci failed in tests/audits; its output is above"
    cp "$lock" "$stamp"
}
