# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Every package of the distribution that Palabre needs, for what, and why. Sourced by tools/lib.sh.
#
# purpose  build: ./run needs it; test, lint: only ./check does; bench: only ./bench/run does;
#          lambda: ./package lambda does, and ./check; deploy: ./deploy does, beside the former two;
#          cloud: ./run --aws does, beside the former three;
#          package: ./package deb does, and package-check: ./check --package, with the former.
# package  the same name on every known system, except that BOOST stands for the version of Boost.
palabre_packages='
build  g++                            compiles the server
build  cmake                          describes the build
build  ninja-build                    runs the build
build  ccache                         makes the second build quick
build  pkg-config                     finds the libraries without a CMake file
build  libboostBOOST-dev              sockets and HTTP (Asio, Beast)
build  libboost-jsonBOOST-dev         JSON
build  libboost-urlBOOST-dev          URLs
build  libssl-dev                     HTTPS
build  libsqlite3-dev                 the database
build  libcmark-gfm-dev               Markdown
build  libcmark-gfm-extensions-dev    Markdown: tables, links, strikethrough
build  libtomlplusplus-dev            the settings file
build  libcli11-dev                   the command line
build  libfmt-dev                     text formatting
build  libc-ares-dev                  finds the hosts of AWS services
build  libgumbo-dev                   HTML of imported comments
build  libexpat1-dev                  XML of imports
build  libbrotli-dev                  compressed responses
build  libzstd-dev                    compressed backups
build  libarchive-dev                 the site in a backup, as a tar file
build  zlib1g-dev                     compressed responses
build  prometheus-cpp-dev             metrics
build  python3                        turns the contract of the API into a part of the server
build  python3-yaml                   reads that contract
build  nodejs                         builds the widget and the site
build  npm                            brings the tools that build the widget
package dpkg-dev                      finds the packages of the libraries we link
package file                          tells programs from texts, to strip them
package-check lintian                 what Debian expects of a package
package-check systemd                 checks the unit of the service
package-check man-db                  reads the manual pages
deploy python3                        asks AWS
deploy python3-boto3                  asks AWS
deploy python3-venv                   brings a Node that is new enough for the CDK
deploy nodejs                         runs the CDK, and builds the widget and the site
deploy npm                            brings the CDK
cloud  maven                          brings DynamoDB Local, which keeps the comments
cloud  default-jdk-headless           compiles its launcher, and runs it
cloud  python3-venv                   brings the rest of what stands for AWS
lambda g++-aarch64-linux-gnu          compiles for the arm64 of Lambda, on another machine
lambda advancecomp                    makes the archive of the functions small
test   qemu-user                      runs that program, and shows which files either opens
test   openssl                        certificates of the test services
test   libgtest-dev                   unit tests
test   libgmock-dev                   unit tests
test   python3-venv                   brings the server that stands for AWS in tests, and a Go
test   curl                           a second HTTP client, for the end-to-end tests
test   maven                          brings DynamoDB Local, which the tests of that store need
test   default-jdk-headless           compiles its launcher, and runs it
test   python3-boto3                  an independent client of DynamoDB
test   chromium                       a real browser for the end-to-end tests
test   fonts-dejavu-core              letters in that browser
test   fonts-noto-color-emoji         emoji in that browser
lint   clang-19                       a second compiler, and the fuzzers
lint   libclang-rt-19-dev             the fuzzers and their sanitizers
lint   clang-tidy-19                  static analysis
lint   clang-format-19                layout of the C++ files
lint   shellcheck                     static analysis of the scripts
bench  nginx                          a party of the bench
bench  openssl                        its certificate
bench  python3-venv                   the parties written in Python
bench  python3-dev                    one of their libraries is compiled
bench  maven                          brings DynamoDB Local, beside which functions are measured
bench  default-jdk-headless           compiles its launcher, and runs it
bench  advancecomp                    makes the archive whose size is compared
bench  binutils                       where the functions of a program are, for its cold start
'

# Prints the codename of the system when we know its packages, and fails when we do not.
known_system() {
    local codename
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 1
    # A system derived from Ubuntu says which one it stands on.
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && printf '%s' "${UBUNTU_CODENAME:-${VERSION_CODENAME:-}}")
    case $codename in
        bookworm | trixie | noble) printf '%s\n' "$codename" ;;
        *) return 1 ;;
    esac
}

# packages_for CODENAME PURPOSE…: one package per line.
packages_for() {
    local codename=$1 boost=1.83 purpose package
    shift
    [ "$codename" != bookworm ] || boost=1.81
    while read -r purpose package _; do
        case " $* " in *" ${purpose:-none} "*) ;; *) continue ;; esac
        # A snap there, which does not start everywhere: tools/browser.sh looks for another.
        [ "$codename:$package" != noble:chromium ] || continue
        # There, the compiler is that of the machine.
        [ "$(this_architecture):$package" != arm64:g++-aarch64-linux-gnu ] || continue
        printf '%s\n' "${package/BOOST/$boost}"
    done <<<"$palabre_packages"
}
