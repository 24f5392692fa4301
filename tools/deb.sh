# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The Debian package of a finished build. Sourced after tools/lib.sh and tools/build.sh.

deb_folder=build/package

# The newest package of this version that was made here.
newest_deb() {
    local file newest=
    for file in "$deb_folder"/palabre_*.deb; do
        if [ -f "$file" ] && { [ -z "$newest" ] || [ "$file" -nt "$newest" ]; }; then newest=$file; fi
    done
    printf '%s\n' "$newest"
}

# make_deb REVISION: from build/release and the widget. The same commit gives the same bytes.
make_deb() {
    local revision=$1 instant options=()
    # Not in a copy without git, which is dated by its changelog then.
    instant=$(git -c safe.directory="$PWD" log -1 --format=%ct 2>/dev/null) ||
        instant=$(dpkg-parsechangelog -l packaging/deb/changelog -S Timestamp)
    if [ -n "${DEBEMAIL:-}" ]; then
        options=(-D CPACK_PACKAGE_CONTACT="${DEBFULLNAME:-Palabre maintainers} <$DEBEMAIL>")
    fi
    mkdir -p "$deb_folder"
    SOURCE_DATE_EPOCH=$instant cpack --config build/release/CPackConfig.cmake -B "$deb_folder" \
        -D CPACK_DEBIAN_PACKAGE_RELEASE="$revision" "${options[@]}"
}
