# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # lambda_folder is of tools/lambda.sh, twice of ./check
# The step lambda-build of ./check. Sourced after tools/lib.sh, tools/build.sh and tools/lambda.sh.

# lambda_checks: the programs that this machine can build, built, read, packed and run: x86-64 both, arm64
# its own. With twice=yes its own once more, in another folder.
lambda_checks() {
    local architecture architectures
    architectures=$(lambda_architectures) && tests/lambda/elf_check_test.py && tests/lambda/architecture_test.py || return
    for architecture in $architectures; do check_lambda "$architecture" || return; done
    { [ "$twice" = no ] || check_same_bytes; } &&
        say "note: $(du -bh --apparent-size "$lambda_folder"/palabre-*.zip | awk '{ printf "%s%s", sep, $1; sep = " and " }') of archives"
}

# machine_of ARCHITECTURE: as tools/elf-check names it.
machine_of() { case $1 in x86_64) printf 'x86-64\n' ;; *) printf '%s\n' "$1" ;; esac; }

# emulator_of ARCHITECTURE: qemu's.
emulator_of() { case $1 in arm64) printf 'qemu-aarch64\n' ;; *) printf 'qemu-%s\n' "$1" ;; esac; }

# check_lambda ARCHITECTURE
check_lambda() {
    local folder
    folder=build/$(lambda_preset "$1")/bin || return
    say "== $1"
    compile_lambda "$1" bootstrap https_probe && make_lambda "$1" || return
    tools/elf-check --machine "$(machine_of "$1")" --static "$folder/bootstrap" || return
    tests/lambda/archive_test.py "$lambda_folder/palabre-$1.zip" "$folder/bootstrap" || return
    # As it is; and by the emulator, which tells what files it opens.
    [ "$1" != "$(this_architecture)" ] || tests/lambda/bootstrap_test.py "$folder" || return
    tests/lambda/bootstrap_test.py "$folder" --emulator "$(emulator_of "$1")"
}

# From another build folder, the same archive.
check_same_bytes() {
    local other=build/lambda-again name
    name=palabre-$(this_architecture).zip
    say "== $name, in another folder"
    cmake --preset lambda -B "$other" -D Python3_EXECUTABLE=/usr/bin/python3 >/dev/null &&
        ninja -C "$other" -j "$(build_jobs)" bootstrap &&
        tools/lambda-zip "$other/bin/bootstrap" "$other/$name" && cmp "$other/$name" "$lambda_folder/$name"
}
