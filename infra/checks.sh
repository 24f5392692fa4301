# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The steps infra and aws of ./check. Sourced after tools/lib.sh, tools/build.sh, tools/infra.sh and tools/lambda.sh.

# infra_checks: the types, the tests, and what cfn-lint says of every environment; then the model of
# the bill, which needs nothing of the former.
infra_checks() {
    local part
    infra_modules || return
    for part in typecheck test lint; do
        say "== $part"
        infra_npm "$part" || return
    done
    say "== deploy"
    PYTHONDONTWRITEBYTECODE=1 "$(tools_python)" -m unittest discover -s tests/deploy -p "*_test.py" || return
    say "== cost"
    with_node node --test infra/cost/*.test.mjs || return
    say "note: 0 findings of cdk-nag unexplained, templates clean for cfn-lint"
}

# aws_checks: the parts that stand for AWS on this machine, each by itself; then everything at once,
# deployed by ./deploy with the real program. With twice=yes also what deploys again and again.
# shellcheck disable=SC2154  # twice: of ./check
aws_checks() {
    infra_modules && make_lambda "$(this_architecture)" || return
    local suite
    for suite in tests/rooms tests/templates proof; do
        say "== $suite"
        in_local_cloud -m unittest discover --start-directory "$suite" --top-level-directory . || return
    done
    [ "$twice" = yes ] || return 0
    say "== proof, releases and the end"
    in_local_cloud -m unittest discover --start-directory proof --top-level-directory . --pattern "long_*.py"
}

# shellcheck disable=SC2154  # browser: of tools/steps.sh
# in_local_cloud WORD…: Python as the local cloud wants it, in its folder.
in_local_cloud() {
    local python=$PWD/build/tools/moto/bin/python
    PALABRE_CHROMIUM=$browser PALABRE_PROGRAM=$PWD/build/check/bin/palabre PYTHONDONTWRITEBYTECODE=1 \
        with_node env --chdir infra/local "$python" "$@"
}
