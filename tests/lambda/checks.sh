# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # lambda_folder is of tools/lambda.sh, twice of ./check
# The step lambda-build of ./check. Sourced after tools/lib.sh, tools/build.sh and tools/lambda.sh.

# lambda_checks: both programs built, read, packed and run; with twice=yes one of them once more, in
# another folder.
lambda_checks() {
    tests/lambda/elf_check_test.py &&
        check_lambda x86_64 x86-64 qemu-x86_64 &&
        check_lambda arm64 arm64 qemu-aarch64 &&
        { [ "$twice" = no ] || check_same_bytes; } &&
        say "note: $(du -bh --apparent-size "$lambda_folder"/palabre-*.zip | awk '{ printf "%s%s", sep, $1; sep = " and " }') of archives"
}

# check_lambda ARCHITECTURE MACHINE EMULATOR
check_lambda() {
    local folder
    folder=build/$(lambda_preset "$1")/bin
    say "== $1"
    compile_lambda "$1" bootstrap https_probe && make_lambda "$1" || return
    tools/elf-check --machine "$2" --static "$folder/bootstrap" || return
    tests/lambda/archive_test.py "$lambda_folder/palabre-$1.zip" "$folder/bootstrap" || return
    # As it is; and by the emulator, which tells what files it opens.
    [ "$1" != x86_64 ] || tests/lambda/bootstrap_test.py "$folder" || return
    tests/lambda/bootstrap_test.py "$folder" --emulator "$3"
}

# From another build folder, the same archive.
check_same_bytes() {
    local other=build/lambda-again
    say "== x86_64, in another folder"
    cmake --preset lambda -B "$other" -D Python3_EXECUTABLE=/usr/bin/python3 >/dev/null &&
        ninja -C "$other" -j "$(build_jobs)" bootstrap &&
        tools/lambda-zip "$other/bin/bootstrap" "$other/palabre-x86_64.zip" &&
        cmp "$other/palabre-x86_64.zip" "$lambda_folder/palabre-x86_64.zip"
}
