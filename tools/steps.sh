# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The steps of ./check, one function each. Sourced after tools/lib.sh, tools/build.sh, tools/emulator.sh,
# tools/browser.sh.

clang_version=19   # what .clang-format, .clang-tidy and tools/clang-tidy-checks.txt are written for

# of_clang TOOL: the tool of that version, and of no other.
of_clang() {
    local tool=$1-$clang_version
    grep -q "version $clang_version\." <<<"$("$tool" --version)" || die 1 "$tool is not version $clang_version"
    printf '%s\n' "$tool"
}

# project_files PATTERN…: files of the project, tracked or about to be; * matches slashes too.
project_files() {
    local file pattern
    all_files | sort -u | while read -r file; do
        for pattern in "$@"; do
            # shellcheck disable=SC2053  # a pattern
            if [[ $file == $pattern && -f $file ]]; then printf '%s\n' "$file"; fi
        done
    done
}

all_files() {
    git -c safe.directory="$PWD" ls-files -c -o --exclude-standard 2>/dev/null ||
        find . \( -name node_modules -o -name dist -o -path ./build -o -path ./var \) -prune \
            -o -type f -printf '%P\n'
}

lint_scripts() {
    local scripts
    scripts=$(project_files '*' | xargs grep -lE '^#!.*(bash|/sh)|^# shellcheck shell=' -- || true)
    # shellcheck disable=SC2086  # one word per file
    shellcheck --external-sources $scripts
    say "note: $(wc -w <<<"$scripts") scripts"
}

check_format() {
    local tool files
    tool=$(of_clang clang-format)
    files=$(project_files '*.cpp' '*.hpp')
    # shellcheck disable=SC2086  # one word per file
    "$tool" --dry-run -Werror $files
    say "note: $(wc -w <<<"$files") files"
}

# sources_digest STEP: everything that the result of a step may come from, and the compilers.
sources_digest() {
    {
        case $1 in infra | aws) digest infra deploy docs ;; esac   # tests hold the guides to it
        digest bench cmake contract fuzz packaging site src tests tools widget \
            CMakeLists.txt CMakePresets.json check package run
        g++ --version
        "clang++-$clang_version" --version
    } | sha256sum | cut -c1-64
}

# unless_passed NAME COMMAND…: with remembers=yes not again when it has passed with the same sources.
unless_passed() {
    local stamp=build/stamps/passed-$1 sources
    sources=$(sources_digest "$1")
    shift
    if [ "${remembers:-no}" = yes ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ]; then
        say "note: passed before, with the same sources"
        return 0
    fi
    rm -f "$stamp"
    "$@" || return
    mkdir -p "${stamp%/*}"
    printf '%s\n' "$sources" >"$stamp"
}

# unit_tests PRESET
unit_tests() {
    local folder=build/$1 status=0
    ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 \
        UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=second_deadlock_stack=1 \
        ctest --test-dir "$folder" --output-on-failure --no-tests=error \
        -j "$(nproc)" || status=$?
    count_tests "$folder/Testing/Temporary/LastTest.log"
    return "$status"
}

count_tests() {
    awk '/^\[  PASSED  \]/ { passed += $4 }
         /^\[  SKIPPED \].*tests?, listed/ { skipped += $4 }
         END { printf "note: %d tests passed", passed
               if (skipped) printf ", %d skipped", skipped
               print "" }' "$1"
}

# Sets $browser to a browser's path, or tells the table that there is none. A person may have good
# reasons; continuous integration may not leave out half of the tests and call it green.
browser=
look_for_browser() {
    if browser=$(find_browser); then return 0; fi
    if [ "${install_wanted:-yes}" = yes ]; then
        attempt browser browser download_browser
        if browser=$(find_browser); then return 0; fi
    fi
    browser=
    local reason="no Chromium or Chrome could be had: no test in a real browser"
    if [ -n "${CI:-}" ]; then fail browser "$reason"; else leave_out browser "$reason"; fi
}

widget_tests() {
    local part wanted='typecheck test:unit'
    [ -z "$browser" ] || wanted='typecheck test:unit test:browser'
    widget_build
    for part in $wanted; do
        PALABRE_CHROMIUM=$browser npm run --prefix widget "$part" || return
    done
}

site_tests() {
    widget_build && site_build || return
    local tests
    tests=$(project_files 'site/*.test.mjs')
    # shellcheck disable=SC2086  # one word per file
    [ -z "$tests" ] || node --test $tests
}

# end_to_end_tests PRESET: the built program, seen from outside.
end_to_end_tests() {
    local tests
    tests=$(project_files 'tests/e2e/*.test.mjs')
    [ -n "$tests" ] || { say "note: none yet"; return 0; }
    export E2E_PROGRAM=$PWD/build/$1/bin/palabre E2E_SITE=$PWD/build/site
    # shellcheck disable=SC2154  # of tools/emulator.sh
    export E2E_BOOTSTRAP=$PWD/build/$1/bin/bootstrap E2E_RIE=$PWD/$emulator
    # The tests find an installed browser themselves; PALABRE_… would reach the program as a setting.
    case $browser in *ms-playwright*) export PALABRE_CHROMIUM=$browser ;; esac
    # shellcheck disable=SC2086  # one word per file
    node --test --test-concurrency=1 $tests
}

# soak PRESET: what end_to_end_tests do for a moment, for long.
soak() {
    E2E_KILLS=${E2E_KILLS:-200} E2E_MOVED_COMMENTS=${E2E_MOVED_COMMENTS:-100000} \
        E2E_PROGRAM=$PWD/build/$1/bin/palabre node --test tests/e2e/kills.test.mjs tests/e2e/move.test.mjs
}

# bench_smoke PRESET: every part of the bench once, for a moment. Parties that are not installed are
# left out, and the report says so.
bench_smoke() {
    bench/run --smoke --no-install --preset "$1"
    say "note: no figure counts; parties left out: $(grep -c 'left out, not installed' build/bench/smoke.json)"
}

# static_analysis PRESET FOLDER…: clang-tidy, by a build description of its own.
static_analysis() {
    local preset=$1
    shift
    unless_same "build/stamps/$preset" "$(digest CMakePresets.json CMakeLists.txt cmake)" \
        configure "$preset"
    cmake "build/$preset" >/dev/null
    tools/tidy --clang-tidy "$(of_clang clang-tidy)" --clang "$(of_clang clang++)" \
        --build "build/$preset" --jobs "$(build_jobs)" "$@"
}

# fuzz_all SECONDS: each fuzzer in turn, from its seeds and from what earlier runs found.
fuzz_all() {
    local seconds=$1 program name found count=0
    for program in build/asan/bin/fuzz_*; do
        [ -x "$program" ] || continue
        name=${program##*/fuzz_}
        found=build/asan/corpus/$name
        mkdir -p "$found"
        local seeds=()
        [ ! -d "fuzz/seeds/$name" ] || seeds=("fuzz/seeds/$name")
        say "== $name"
        ASAN_OPTIONS=allow_addr2line=1 "$program" -max_total_time="$seconds" -timeout=10 \
            -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="build/asan/crash-$name-" \
            "$found" "${seeds[@]}" || return
        count=$((count + 1))
    done
    say "note: $count fuzzers, $seconds s each"
}

# The package, made twice: the same commit must give the same bytes. packaging/test, which installs
# it, is for a system that may be thrown away.
package_checks() {
    local deb first
    compile release palabre package_texts && npm_modules widget && widget_build || return
    make_deb 1 && deb=$(newest_deb) && first=$(sha256sum "$deb") || return
    make_deb 1 || return
    [ "$first" = "$(sha256sum "$deb")" ] || { say "made twice, $deb differs"; return 1; }
    packaging/check "$deb"
}
