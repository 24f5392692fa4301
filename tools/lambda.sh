# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The program of AWS Lambda, and its archives. Sourced after tools/lib.sh and tools/build.sh.

lambda_folder=build/lambda

# lambda_architectures: those whose program this machine can build, as AWS names them, its own first.
lambda_architectures() {
    case $(this_architecture) in
        x86_64) printf 'x86_64 arm64\n' ;;
        arm64) printf 'arm64\n' ;;
        *) die 3 "AWS Lambda runs on x86-64 and arm64 alone, and this machine is $(uname -m)" ;;
    esac
}

# lambda_preset ARCHITECTURE: what builds its program here. That of this machine as any program is; on x86-64
# that of arm64 by a cross compiler. The other way round there is none: nobody needs it, arm64 is the default.
lambda_preset() {
    local buildable
    buildable=$(lambda_architectures) || return
    case " $buildable " in
        " $1 "*) printf 'lambda\n' ;;
        *" $1 "*) printf 'lambda-arm64\n' ;;
        *) die 3 "the functions for $1 cannot be built on $(this_architecture): choose the architecture arm64," \
            "or build them on another machine" ;;
    esac
}

# compile_lambda ARCHITECTURE TARGET…
compile_lambda() {
    local preset
    preset=$(lambda_preset "$1") || return
    shift
    # CMake keeps what it found in a sysroot, so a new one wants a new configuration.
    if [ "$preset" = lambda-arm64 ]; then
        tools/sysroot-arm64 || return
        [ build/stamps/lambda-arm64 -nt build/tools/sysroot-arm64/stamp ] || rm -f build/stamps/lambda-arm64
    fi
    compile "$preset" "$@"
}

# make_lambda ARCHITECTURE: the archive. The same commit and the same packages give the same bytes.
make_lambda() {
    compile_lambda "$1" bootstrap &&
        tools/lambda-zip "build/$(lambda_preset "$1")/bin/bootstrap" "$lambda_folder/palabre-$1.zip"
}
