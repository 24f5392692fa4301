# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The parts of a build, each skipped when nothing it reads has changed. Sourced after tools/lib.sh.

# digest PATH…: one hash of every file below, names included; what tools install or make is left out.
digest() {
    local path
    for path in "$@"; do
        [ ! -e "$path" ] || find "$path" \( -name node_modules -o -name dist \) -prune -o -type f -print0
    done | sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-64
}

# unless_same STAMP DIGEST COMMAND…: runs the command unless the stamp holds this digest already.
unless_same() {
    local stamp=$1 digest=$2
    shift 2
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest" ]; then return 0; fi
    rm -f "$stamp"
    "$@" || return
    mkdir -p "${stamp%/*}"
    printf '%s\n' "$digest" >"$stamp"
}

# A build folder that was moved with its checkout, or made by another CMake, is made anew.
configure() {
    local preset=$1 folder=build/$1
    if [ -f "$folder/CMakeCache.txt" ] &&
        ! grep -qx "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$folder/CMakeCache.txt"; then
        rm -rf "$folder"
    fi
    # The distribution's own Python: another one in PATH may lack its modules.
    local options=()
    [ ! -x /usr/bin/python3 ] || options=(-D Python3_EXECUTABLE=/usr/bin/python3)
    cmake --preset "$preset" "${options[@]}" || cmake --fresh --preset "$preset" "${options[@]}"
}

# compile PRESET TARGET…: configures when the preset changed; ninja sees to the rest.
compile() {
    local preset=$1 folder=build/$1
    shift
    mkdir -p build/stamps
    if [ ! -f "$folder/build.ninja" ]; then rm -f "build/stamps/$preset"; fi
    if ! grep -qsx "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$folder/CMakeCache.txt"; then
        rm -f "build/stamps/$preset"
    fi
    unless_same "build/stamps/$preset" "$(digest CMakePresets.json)" configure "$preset" &&
        NINJA_STATUS='[%f/%t] ' ninja -C "$folder" -j "$(build_jobs)" "$@"
}

# The stamp lies in what npm makes, so that removing that folder is enough to have it made again.
# npm_modules FOLDER…
npm_modules() {
    local folder
    for folder in "$@"; do
        unless_same "$folder/node_modules/.palabre-stamp" "$(digest "$folder/package-lock.json")" \
            npm ci --prefix "$folder" --no-audit --no-fund --loglevel=warn || return
    done
}

widget_script=widget/dist/palabre.js

widget_build() {
    [ -f "$widget_script" ] || rm -f build/stamps/widget
    unless_same build/stamps/widget "$(digest widget contract)" npm run --prefix widget build
}

site_build() {
    [ -f build/site/index.html ] || rm -f build/stamps/site
    unless_same build/stamps/site "$(digest site "$widget_script")" \
        node site/build.mjs build/site --widget "$widget_script"
}
