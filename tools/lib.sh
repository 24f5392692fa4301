# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What ./run and ./check share: how they speak, and how they run a step. Sourced from the root.
# A step's output goes to build/log/NAME.log; the reader sees one line, and the end of the log
# when the step fails.

log_dir=build/log
mkdir -p "$log_dir"
export LC_ALL=C.UTF-8   # sorted alike everywhere, and npm and node speak UTF-8
case ${NODE_OPTIONS:-} in
    *--test-reporter=*) ;;   # one of these only: this may be sourced within what sourced it
    *) export NODE_OPTIONS="${NODE_OPTIONS:-} --test-reporter=spec" ;;   # ends with the tests that failed
esac

if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then moving_line=yes; else moving_line=no; fi

say() { printf '%s\n' "$*"; }
complain() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# die STATUS TEXT…
die() {
    local status=$1
    shift
    complain "$@"
    exit "$status"
}

# this_architecture: this machine's, as AWS names it: x86_64 or arm64. What AWS has not keeps its own name.
this_architecture() {
    local machine
    machine=$(uname -m)
    case $machine in aarch64) printf 'arm64\n' ;; *) printf '%s\n' "$machine" ;; esac
}

# Jobs for the compiler: one per core, but each g++ on Boost wants about 1.5 GB.
build_jobs() {
    local cores memory_kb jobs
    cores=$(nproc)
    memory_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo)
    jobs=$((${memory_kb:-3000000} / 1500000))
    [ "$jobs" -lt "$cores" ] || jobs=$cores
    [ "$jobs" -ge 1 ] || jobs=1
    printf '%s\n' "$jobs"
}

# Repaints one line with the end of a log until it is killed. Only for a terminal.
painter=
paint() {
    local title=$1 log=$2 width line
    width=$(tput cols 2>/dev/null || echo 80)
    while sleep 0.3; do
        line=$(tail -c 400 "$log" 2>/dev/null | tr -d '\033' | tr '\r\t' '  ' | tail -n 1)
        line="  $title  $line"
        printf '\r\033[K%s' "${line:0:width-1}"
    done
}

stop_painting() {
    [ -n "$painter" ] || return 0
    kill "$painter" 2>/dev/null || true
    wait "$painter" 2>/dev/null || true
    painter=
    printf '\r\033[K'
}

# quietly TITLE LOG COMMAND…: runs the command, its output in the log, its status in $step_status.
# The command stands in the foreground, so that Ctrl-C reaches it. Call this bare, not in a
# condition: there, bash would let the command go on after a failure inside it.
step_status=0
quietly() {
    local title=$1 log=$log_dir/$2.log
    shift 2
    : >"$log"
    if [ "$moving_line" = yes ]; then
        paint "$title" "$log" &
        painter=$!
    else
        printf '  %-13s ... ' "$title"
    fi
    set +e
    (set -e; "$@") >"$log" 2>&1 </dev/null
    step_status=$?
    set -e
    stop_painting
    [ "$moving_line" = no ] || printf '  %-13s ' "$title"
}

# show_failure LOG: the lines that look like a cause, the end of the log, and where the rest is.
show_failure() {
    local log=$log_dir/$1.log lines=25 causes
    causes=$(head -n "-$lines" "$log" | cut -c1-300 |
        grep -E 'error:|: Failure$|^\[  FAILED  \]|^ *✖|ERROR: |WARNING: ThreadSan|^SUMMARY:|^E: ' |
        sort -u || true)
    [ -z "$causes" ] || printf '%s\n    ...\n' "$(sed '20q' <<<"$causes")" | sed 's/^/    | /'
    tail -n "$lines" "$log" | cut -c1-300 | sed 's/^/    | /'
    say "    (all of it: $log)"
}

# step TITLE LOG COMMAND…: one line for the reader; stops everything when it fails.
step() {
    local title=$1 log=$2 started=$SECONDS
    shift 2
    quietly "$title" "$log" "$@"
    if [ "$step_status" = 0 ]; then
        say "ok, $((SECONDS - started)) s"
    else
        say "FAILED after $((SECONDS - started)) s"
        show_failure "$log"
        die 1 "stopped at: $title"
    fi
}

trap stop_painting EXIT
trap 'stop_painting; exit 130' INT TERM
