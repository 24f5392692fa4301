# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Watches the alarms of an environment after a deployment. Sourced after aws.sh.

# Ten minutes: alarms look at one to five minutes, and CloudWatch hears of an error after one or two.
watch_rounds=${WATCH_ROUNDS:-40}
watch_pause=${WATCH_PAUSE:-15}   # seconds
failed_rounds_max=5              # a minute without an answer is no watch

# watch_alarms PREFIX STATES_BEFORE: 0 when all was quiet, 1 when an alarm began to ring, 3 when the alarms
# could not be seen. Only an alarm that was seen not to ring can begin to: one that rang before the
# deployment is no news, and one that the deployment made may ring until it has its first figures.
watch_alarms() {
    local prefix=$1 armed now began round failed=0
    armed=$(not_ringing <<<"$2")
    for ((round = 1; round <= watch_rounds; round++)); do
        if now=$(alarm_states "$prefix"); then
            failed=0
            [ -n "$now" ] || { tell "No alarm begins with $prefix: nothing could be watched."; return 3; }
            began=$(comm -12 <(printf '%s\n' "$armed") <(ringing <<<"$now"))
            [ -z "$began" ] || { tell "Began to ring:" "$began"; return 1; }
            armed=$(printf '%s\n' "$armed" "$(at_peace <<<"$now")" | sed '/^$/d' | sort -u)
        else
            failed=$((failed + 1))
            [ "$failed" -lt "$failed_rounds_max" ] || { tell "The alarms could not be read."; return 3; }
        fi
        [ "$round" = "$watch_rounds" ] || sleep "$watch_pause"
    done
    tell "$(grep -c . <<<"$armed") alarms were quiet until the end of the watch."
}
