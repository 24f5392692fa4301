# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Installs what is missing from the distribution, and nothing else. Sourced after tools/lib.sh.
# shellcheck source=tools/packages.sh
. tools/packages.sh

# A node that is not Debian's brings its own npm, and Debian's npm would conflict with it.
have_own_node() {
    local version
    command -v npm >/dev/null && version=$(node --version 2>/dev/null) || return 1
    version=${version#v}
    [ "${version%%.*}" -ge 18 ]
}

# missing_packages CODENAME PURPOSE…: one package per line.
missing_packages() {
    local wanted installed package
    wanted=$(packages_for "$@")
    if have_own_node; then
        wanted=$(grep -vxE 'nodejs|npm' <<<"$wanted")
    fi
    # shellcheck disable=SC2086  # one word per package
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null || true)
    for package in $wanted; do
        grep -qx "$package installed" <<<"$installed" || printf '%s\n' "$package"
    done
}

# On a terminal sudo may ask for a password, before any moving line is painted.
may_install() {
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo >/dev/null || return 1
    if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then env "$@"; else sudo -n env "$@"; fi
}

apt() {
    as_root DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -q -y \
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

# The lists of a fresh system are empty and those of an old one name files that are gone, so a
# failed installation is tried once more with new lists.
apt_install() {
    local lists
    lists=$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -1 2>/dev/null)
    if [ -n "$lists" ] && apt install --no-install-recommends "$@"; then return 0; fi
    as_root dpkg --configure -a
    apt update && apt install --no-install-recommends "$@"
}

# names_needed CODENAME PURPOSE…: for a reader who installs by hand.
names_needed() { packages_for "$@" | tr '\n' ' ' | fold -s -w 92 | sed 's/^/    /'; }

# install_packages PURPOSE…: exit status 3 when we cannot install here.
install_packages() {
    local codename missing count
    [ "${install_wanted:-yes}" = yes ] || return 0
    if ! codename=$(known_system); then
        complain "this system is not one whose packages are known" \
            "(Debian 12 and 13, Ubuntu 24.04 are). Under Debian's names, it needs:"
        names_needed trixie "$@" >&2
        die 3 "install these by other means, then: ./${0##*/} --no-install"
    fi
    missing=$(missing_packages "$codename" "$@")
    [ -n "$missing" ] || return 0
    count=$(wc -l <<<"$missing")
    say "Installing $count missing package(s), to $(purpose_of "$@"):"
    tr '\n' ' ' <<<"$missing" | fold -s -w 92 | sed 's/^/    /; s/ *$//'
    say ""
    if ! may_install; then
        complain "that takes root, or sudo without a password when there is no terminal. As root:"
        complain "    apt-get update && apt-get install --no-install-recommends" \
            "$(tr '\n' ' ' <<<"$missing")"
        exit 3
    fi
    # shellcheck disable=SC2086  # one word per package
    step packages packages apt_install $missing
}

purpose_of() {
    case " $* " in
        *" bench "*) printf 'build Palabre and measure it' ;;
        *" cloud "*) printf 'run Palabre in a cloud of this machine' ;;
        *" deploy "*) printf 'bring Palabre to AWS' ;;
        *" test "* | *" lint "*) printf 'build and check Palabre' ;;
        *) printf 'build Palabre' ;;
    esac
}
