# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A browser for the tests that drive one. Sourced after tools/lib.sh.

# Prints the path of a browser, or fails.
find_browser() {
    local name path
    for name in "${PALABRE_CHROMIUM:-chromium}" chromium google-chrome google-chrome-stable; do
        if path=$(command -v "$name") && ! is_snap "$path"; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    downloaded_browser
}

# Ubuntu's chromium is a shell script that calls a snap, which does not start everywhere.
is_snap() { [ "$(head -c 2 "$1")" = '#!' ] && grep -q /snap/ "$1"; }

# What playwright-core downloaded, the newest one.
downloaded_browser() {
    find "${HOME:-/root}/.cache/ms-playwright" -type f -name chrome -perm -1 2>/dev/null |
        sort | tail -n 1 | grep .
}

# Where the distribution has no browser, playwright-core knows one, and the libraries it needs.
download_browser() {
    (cd widget && npx --no-install playwright-core install --with-deps chromium)
}
