# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The step infra of ./check. Sourced after tools/lib.sh, tools/build.sh and tools/infra.sh.

# infra_checks: the types, the tests, and what cfn-lint says of every environment; then the model of
# the bill, which needs nothing of the former.
infra_checks() {
    local part
    infra_modules || return
    for part in typecheck test lint; do
        say "== $part"
        with_node npm run --prefix infra "$part" || return
    done
    say "== cost"
    with_node node --test infra/cost/*.test.mjs || return
    say "note: $(cd infra && ls test/*.test.ts cost/*.test.mjs | wc -l) files of tests, templates judged by cfn-lint"
}
