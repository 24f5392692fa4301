# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2317  # used, and called, by those that source this
# How the tests of the package speak, and what both of them look at.

failures=0
log=/var/tmp/palabre-package-test.log

# expect WHAT COMMAND…: says whether the command succeeds, and what it printed when it does not.
expect() {
    local what=$1
    shift
    if "$@" >"$log" 2>&1; then
        printf '  ok      %s\n' "$what"
    else
        printf '  FAILED  %s\n' "$what"
        sed 's/^/          /' "$log" | tail -n 20
        failures=$((failures + 1))
    fi
}

# expect_equal WHAT EXPECTED FOUND
expect_equal() { expect "$1" same "$2" "$3"; }
same() { [ "$1" = "$2" ] || { printf 'expected: %s\nfound:    %s\n' "$1" "$2"; return 1; }; }
fails() { ! "$@"; }

finish() {
    rm -f "$log"
    [ "$failures" = 0 ] || { printf '  %s failed\n' "$failures"; exit 1; }
    exit 0
}

# within SECONDS COMMAND…: asks again until it succeeds.
within() {
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.1
    done
}

settings=/etc/palabre/palabre.toml
database=/var/lib/palabre/comments.sqlite

apt_quietly() { apt-get -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$@"; }

# get PATH, on the address that the settings of the package have.
get() { curl -fsS --max-time 5 "http://127.0.0.1:8080$1"; }
answers() { get /health >/dev/null 2>&1; }

# make_key: one that may post, printed alone.
make_key() {
    setpriv --reuid palabre --regid palabre --clear-groups \
        palabre keys add tests --config "$settings" 2>/dev/null | grep '^plb_'
}

# post SECTION TEXT [KEY]: prints the status.
post() {
    curl -sS --max-time 5 -o /dev/null -w '%{http_code}' -H 'content-type: application/json' \
        ${3:+-H "x-api-key: $3"} \
        -d "{\"sectionId\":\"$1\",\"author\":\"Test\",\"text\":\"$2\"}" \
        http://127.0.0.1:8080/commentaires
}

check_posting() {
    expect_equal "takes a comment under its own page" 201 "$(post welcome 'anybody')"
    expect_equal "takes none elsewhere" 401 "$(post package 'anybody')"
    expect_equal "but from who has a key" 201 "$(post package "$1" "$(make_key)")"
    expect "shows it" shown "$1"
}
shown() { get '/commentaires?sectionId=package' | grep -q "$1"; }

# What a file is, to its mode, owner and group.
described() { stat -c '%a %U %G' "$1"; }

# Every path that a package could have left; apt, dpkg and systemd keep books of their own.
everything() {
    find /etc /usr /var /srv /opt \( -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache \
        -o -path /var/log/apt -o -path /var/log/journal -o -path /var/lib/systemd/timers \
        -o -path /var/tmp -o -path /var/log/dpkg.log -o -path /var/log/alternatives.log \) \
        -prune -o -print | sort
}

check_files() {
    expect_equal "the user is one of the system, and cannot log in" "/var/lib/palabre:/usr/sbin/nologin" \
        "$(getent passwd palabre | cut -d: -f6,7)"
    expect "its number is below those of people" test "$(id -u palabre)" -lt 1000
    expect_equal "its password is locked" yes "$(getent shadow palabre | grep -q '^palabre:[!*]' && echo yes)"
    expect_equal "the comments' folder is its own" "700 palabre palabre" "$(described /var/lib/palabre)"
    expect_equal "settings are root's" "644 root root" "$(described "$settings")"
    expect "the program belongs to the package" dpkg -S /usr/bin/palabre
    expect "all files are as they were packed" dpkg -V palabre
}
