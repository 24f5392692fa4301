# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # step_status and log_dir are of tools/lib.sh
# Steps that may fail without stopping the others, and the table of them. Sourced after tools/lib.sh.

table=
failures=0

# remember NAME SECONDS RESULT NOTE
remember() { table+="$(printf '  %-13s %6s  %-7s %s' "$1" "$2" "$3" "$4")"$'\n'; }

# attempt NAME LOG COMMAND…: what a command prints last as "note: …" is repeated in the table.
attempt() {
    local name=$1 log=$2 started=$SECONDS result=ok note
    shift 2
    quietly "$name" "$log" "$@"
    [ "$step_status" = 0 ] || result=FAILED
    note=$(sed -n 's/^note: //p' "$log_dir/$log.log" | tail -n 1)
    say "$result, $((SECONDS - started)) s${note:+   ($note)}"
    remember "$name" $((SECONDS - started)) "$result" "$note"
    if [ "$result" = FAILED ]; then
        failures=$((failures + 1))
        show_failure "$log" 40
    fi
}

# leave_out NAME REASON
leave_out() {
    say "  $1: left out, $2"
    remember "$1" - "left out" "$2"
}

# passed NAME: whether that step ran and was well.
passed() { grep -qE "^  $1 +[0-9]+  ok" <<<"$table"; }

# print_table SECONDS: ends the program.
print_table() {
    say ""
    printf '  %-13s %6s  %s\n' step seconds result
    printf '%s' "$table" | sed 's/ *$//'
    say ""
    if [ "$failures" -gt 0 ]; then
        say "$failures step(s) FAILED, after $1 s. Logs: $log_dir"
        exit 1
    fi
    say "All is well, after $1 s."
    exit 0
}
