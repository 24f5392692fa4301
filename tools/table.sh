# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # step_status and log_dir are of tools/lib.sh
# Steps that may fail without stopping the others, and the table of them. Sourced after tools/lib.sh.

table=
failures=0

# remember NAME SECONDS RESULT NOTE
remember() { table+="$(printf '  %-13s %6s  %-7s %s' "$1" "$2" "$3" "$4")"$'\n'; }

# What a step printed last as "note: …", or how many tests `node --test` counted.
note_of() {
    local passed
    if sed -n 's/^note: //p' "$1" | tail -n 1 | grep .; then return 0; fi
    passed=$(sed -nE 's/^(#|ℹ) pass ([0-9]+)$/\2/p' "$1" | paste -sd+)
    [ -z "$passed" ] || printf '%s tests passed\n' $((passed))
}

# attempt NAME LOG COMMAND…: the table repeats the note of a step.
attempt() {
    local name=$1 log=$2 started=$SECONDS result=ok note
    shift 2
    quietly "$name" "$log" "$@"
    [ "$step_status" = 0 ] || result=FAILED
    note=$(note_of "$log_dir/$log.log")
    say "$result, $((SECONDS - started)) s${note:+   ($note)}"
    remember "$name" $((SECONDS - started)) "$result" "$note"
    if [ "$result" = FAILED ]; then
        failures=$((failures + 1))
        show_failure "$log"
    fi
}

# leave_out NAME REASON
leave_out() {
    say "  $1: left out, $2"
    remember "$1" - "left out" "$2"
}

# fail NAME REASON: a step that could not even begin.
fail() {
    say "  $1: FAILED, $2"
    remember "$1" - FAILED "$2"
    failures=$((failures + 1))
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
