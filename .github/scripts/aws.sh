# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What a release asks AWS. Sourced; every function fails when AWS cannot be asked.

# live_versions PREFIX: "FUNCTION VERSION" for each function that has the alias `live`, sorted.
live_versions() {
    local names name version
    names=$(aws lambda list-functions --region "$AWS_REGION" --output text \
        --query "Functions[?starts_with(FunctionName, '$1')].FunctionName") || return
    for name in $names; do
        version=$(aws lambda list-aliases --region "$AWS_REGION" --function-name "$name" --output text \
            --query "Aliases[?Name=='live'].FunctionVersion") || return
        [ -z "$version" ] || printf '%s %s\n' "$name" "$version"
    done | sort
}

# The probe of the public address lives in us-east-1, whatever region the rest is in.
watched_regions() { printf '%s\n' "$AWS_REGION" us-east-1 | sort -u; }

# alarm_states PREFIX: "STATE<tab>REGION NAME" for each alarm.
alarm_states() {
    local region listed state name
    for region in $(watched_regions); do
        listed=$(aws cloudwatch describe-alarms --region "$region" --alarm-name-prefix "$1" \
            --alarm-types MetricAlarm CompositeAlarm --output text \
            --query '[MetricAlarms, CompositeAlarms][].[StateValue, AlarmName]') || return
        while IFS=$'\t' read -r state name; do
            [ -z "$name" ] || printf '%s\t%s %s\n' "$state" "$region" "$name"
        done <<<"$listed"
    done
}

ringing() { sed -n 's/^ALARM\t//p' | sort -u; }
not_ringing() { sed -n '/^ALARM\t/!s/^[^\t]*\t//p' | sort -u; }
at_peace() { sed -n 's/^OK\t//p' | sort -u; }
