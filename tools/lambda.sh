# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The program of AWS Lambda, and its archives. Sourced after tools/lib.sh and tools/build.sh.

lambda_folder=build/lambda

# lambda_preset ARCHITECTURE: as AWS names it, x86_64 or arm64.
lambda_preset() {
    case $1 in
        x86_64) printf 'lambda\n' ;;
        arm64) printf 'lambda-arm64\n' ;;
    esac
}

# compile_lambda ARCHITECTURE TARGET…
compile_lambda() {
    local architecture=$1
    shift
    [ "$(uname -m)" = x86_64 ] || die 3 "the programs of AWS Lambda are built on x86-64: this is $(uname -m)"
    # CMake keeps what it found in a sysroot, so a new one wants a new configuration.
    if [ "$architecture" = arm64 ]; then
        tools/sysroot-arm64 || return
        [ build/stamps/lambda-arm64 -nt build/tools/sysroot-arm64/stamp ] || rm -f build/stamps/lambda-arm64
    fi
    compile "$(lambda_preset "$architecture")" "$@"
}

# make_lambda ARCHITECTURE: the archive. The same commit and the same packages give the same bytes.
make_lambda() {
    compile_lambda "$1" bootstrap &&
        tools/lambda-zip "build/$(lambda_preset "$1")/bin/bootstrap" "$lambda_folder/palabre-$1.zip"
}
