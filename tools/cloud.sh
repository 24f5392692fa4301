# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # log_dir and install_wanted are of tools/lib.sh and ./run
# ./run --aws: what stands for AWS on this machine, and ./deploy brought to it. Sourced after tools/lib.sh,
# tools/install.sh, tools/build.sh, tools/emulator.sh, tools/infra.sh, tools/lambda.sh.

cloud_folder=build/cloud
cloud_log=$log_dir/cloud.log
cloud_environment=production   # of infra/environments.ts
# But for these: this machine's processor, an account where nothing was, and no ten minutes of waiting.
cloud_options='"architecture":"'$(this_architecture)'","accountParts":"create","release":"at-once"'

# An own cloud counts for nothing from here on: none of its credentials reaches what we start, and
# nothing that we start reaches it. A proxy stands before the Internet, not before this machine.
forget_own_cloud() {
    local direct=${no_proxy:-${NO_PROXY:-}}
    unset "${!AWS_@}"
    export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null CDK_HOME=$PWD/$cloud_folder/cdk
    export no_proxy=${direct:+$direct,}localhost,127.0.0.1
    export NO_PROXY=$no_proxy
}

# prepare_cloud [ARCHIVE]: what is missing here; the functions are built unless they are given.
prepare_cloud() {
    local purposes=(deploy cloud) architecture
    lambda_architectures >/dev/null   # or it says that no function runs here
    architecture=$(this_architecture)
    [ -n "$1" ] || purposes+=(build lambda)
    install_packages "${purposes[@]}"
    if [ -z "$1" ]; then
        [ -x build/lambda/bin/bootstrap ] || say "Building. The first time takes some minutes."
        step functions "lambda-$architecture" make_lambda "$architecture"
    fi
    step "DynamoDB Local" dynamodb-local tools/dynamodb-local/fetch
    step moto moto tools/moto
    step "Node and CDK" infra infra_modules
    # Here, since ./deploy will trust one certificate only.
    step "npm packages" npm with_node npm_modules widget
}

# Its own process is the one that `wait` waits for, hence exec.
run_cloud() {
    cd infra/local || exit
    PYTHONDONTWRITEBYTECODE=1 with_node exec ../../build/tools/moto/bin/python -m localaws --port "$1"
}

# start_cloud PORT: it lives until its standard input ends, so it never outlives us.
cloud_process='' cloud_address='' cloud_trust=''
start_cloud() {
    local told=''
    mkdir -p "$cloud_folder"
    printf '  %-13s ' cloud
    coproc CLOUD { run_cloud "$1" 2>"$cloud_log"; }
    cloud_process=$CLOUD_PID
    read -r told <&"${CLOUD[0]:-}" || true
    [ -n "$told" ] || { say FAILED; show_failure cloud; die 1 "stopped at: cloud"; }
    cloud_address=$(told_of address <<<"$told")
    cloud_trust=$(told_of trust <<<"$told")
    (umask 077 && told_of environment <<<"$told" >"$cloud_folder/environment" && write_aws_command)
    say "ok, log: $cloud_log"
}

# told_of NAME: of the line that localaws says first; what is a table becomes lines for a shell.
told_of() {
    "$(tools_python)" -c '
import json, shlex, sys
value = json.load(sys.stdin)[sys.argv[1]]
lines = [value] if isinstance(value, str) else [f"export {name}={shlex.quote(each)}" for name, each in value.items()]
print("\n".join(lines))' "$1"
}

# The AWS CLI, told to ask this cloud and nothing else.
write_aws_command() {
    cat >"$cloud_folder/aws" <<'END'
#!/usr/bin/env bash
# Written by ./run --aws at each start: the AWS CLI, for the cloud of this machine.
here=$(dirname "$(readlink -f "$0")")
unset "${!AWS_@}"
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_PAGER='' NO_PROXY=localhost no_proxy=localhost
. "$here/environment"
exec "$here/../tools/moto/bin/aws" "$@"
END
    chmod +x "$cloud_folder/aws"
}

# deploy_to_cloud ARCHIVE: as to AWS, but for the address that it looks at.
deploy_to_cloud() (
    # shellcheck source=/dev/null
    . "$cloud_folder/environment"
    export SSL_CERT_FILE=$cloud_trust
    ./deploy --no-install --yes --environment "$cloud_environment" --code "$1" --address "$cloud_address" \
        --options "{$cloud_options,\"allowedOrigins\":[\"$cloud_address\"]}"
)

# wait_for_cloud: until Ctrl-C, or until it ends by itself, which it should not.
wait_for_cloud() {
    trap 'say ""; exit 0' INT TERM
    wait "$cloud_process" || true
    show_failure cloud
    die 1 "the cloud has ended by itself"
}

# In a trap, whatever the reason of the end. A second Ctrl-C does not wait.
end_cloud() {
    [ -n "$cloud_process" ] || return 0
    trap 'kill -KILL "$cloud_process"' INT TERM
    # shellcheck disable=SC1083  # a variable that holds a descriptor
    [ -z "${CLOUD[1]:-}" ] || exec {CLOUD[1]}>&-
    wait "$cloud_process" || true
    rm -f "$cloud_folder/environment" "$cloud_folder/aws"
}

# serve_from_cloud PORT ARCHIVE: either may be empty. Does not return.
serve_from_cloud() {
    local port archive=$2
    port=$(choose_port HTTPS "$1" 8443 "")
    forget_own_cloud
    prepare_cloud "$archive"
    trap 'stop_painting; end_cloud' EXIT
    start_cloud "$port"
    deploy_to_cloud "${archive:-$PWD/$lambda_folder/palabre-$(this_architecture).zip}"
    tell_of_cloud
    wait_for_cloud
}

tell_of_cloud() {
    cat <<END

  Open          $cloud_address/
                The browser will warn: this start made the certificate, and nobody else vouches for it.
                Go on. The addresses above, of amazon and cloudfront, exist on AWS only.

  Look inside   $cloud_folder/aws is the AWS CLI of this cloud:
                $cloud_folder/aws dynamodb scan --table-name CommentairesAlternance
                $cloud_folder/aws lambda invoke --function-name palabre-$cloud_environment-backup \\
                    --payload '{"time":"$(date -u +%Y-%m-%dT%H:%M:%SZ)"}' /dev/stderr
                As a moderator: infra/local/README.md

  Not as on AWS the cache is what we believe CloudFront's to be; nothing filters as the firewall does;
                schedules and alarms do nothing by themselves; no second factor is asked for.
                docs/decisions/0021-a-local-proof.md

  Ctrl-C ends it. All of it is in memory: the comments will be gone.
END
}
