# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What ./run serves: the example site, with comments that outlive build/. Sourced after tools/lib.sh.

demo_folder=var/demo
demo_config=build/demo/palabre.toml
request_log=build/log/requests.log
import_report=build/demo/import.json
palabre=build/release/bin/palabre

# Decided by content, since exports are named by whoever downloads them.
import_format_of() {
    local file=$1 start
    if [ ! -f "$file" ] || [ ! -r "$file" ]; then die 2 "cannot read $file"; fi
    start=$(gzip -cdf -- "$file" 2>/dev/null | head -c 65536 | tr -d '\0' || true)
    case $start in
        *wordpress.org/export/*) printf 'wordpress\n' ;;
        *disqus.com*) printf 'disqus\n' ;;
        *) die 2 "$file is neither a WordPress export (WXR) nor a Disqus one (XML)" ;;
    esac
}

# One database, one server: a second one would not see what the first has in its cache.
refuse_a_second_server() {
    local pid port
    [ -f "$demo_folder/running" ] && read -r pid port <"$demo_folder/running" || return 0
    case $(readlink "/proc/$pid/exe" 2>/dev/null) in
        "$PWD/$palabre"*) die 1 "already serving http://localhost:$port/ (stop it with: kill $pid)" ;;
    esac
}

# Whether something listens on the port, whatever the address. State 0A is LISTEN.
port_is_taken() {
    local listening
    listening=$(awk '$4 == "0A" { print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null || true)
    grep -q "$(printf ':%04X$' "$1")" <<<"$listening"
}

# choose_port WHAT ASKED DEFAULT USED: the port asked for, or the first free one from the default.
choose_port() {
    local what=$1 asked=$2 port=${2:-$3} used=$4
    case $port in
        '' | 0* | *[!0-9]* | ??????*) die 2 "not a port: $port" ;;
    esac
    [ "$port" -le 65535 ] || die 2 "not a port: $port"
    while [ "$port" = "$used" ] || port_is_taken "$port"; do
        port=$((port + 1))
        [ "$port" -le 65535 ] || die 1 "no free $what port from ${asked:-$3} on"
    done
    [ "$port" = "${asked:-$3}" ] || say "$what port ${asked:-$3} is taken: using $port" >&2
    printf '%s\n' "$port"
}

# addresses PORT: on this machine only, in both of its families where it has both.
addresses() {
    printf '"127.0.0.1:%s"' "$1"
    if grep -qs '^0\{31\}1 ' /proc/net/if_inet6; then printf ', "[::1]:%s"' "$1"; fi
}

# A path as a TOML string.
quoted() { printf '%s' "$1" | sed 's/["\\]/\\&/g; s/^/"/; s/$/"/'; }

# The key of the site, made at the first start; it is shown once only, so it is kept here.
# Not when the database was removed and the key stayed: then it opens nothing.
demo_key() {
    mkdir -p "$demo_folder" build/demo/site
    if [ ! -s "$demo_folder/site.key" ] || [ ! -e "$demo_folder/comments.sqlite" ]; then
        (umask 077 && rm -f "$demo_folder/site.key" &&
            "$palabre" keys add "example site" --config "$demo_config" >"$demo_folder/site.key.new")
        (umask 077 && grep -o 'plb_[a-z0-9_]*' "$demo_folder/site.key.new" >"$demo_folder/site.key")
        rm -f "$demo_folder/site.key.new"
    fi
    cat "$demo_folder/site.key"
}

# The site as the demo shows it: with the key, but for the section where none is needed.
demo_site() {
    # shellcheck disable=SC2154  # widget_script: of tools/build.sh
    node site/build.mjs build/demo/site --widget "$widget_script" --api-key "$(demo_key)" --without-key bilan
}

# write_demo_config HTTP_PORT HTTPS_PORT METRICS_PORT: the second empty for HTTP only.
write_demo_config() {
    mkdir -p "$demo_folder" "${demo_config%/*}"
    cat >"$demo_config" <<END
# Written by ./run at each start.
[server]
http = [$(addresses "$1")]
https = [${2:+$(addresses "$2")}]

[tls]
self_signed = $([ -n "$2" ] && echo true || echo false)

[site]
folder = $(quoted "$PWD/build/demo/site")

[posting]
open_sections = ["bilan"]

[moderation]
hold_sections = ["entreprise"]

[store]
folder = $(quoted "$PWD/$demo_folder")

[metrics]
listen = "127.0.0.1:$3"

[log]
destination = $(quoted "$PWD/$request_log")
END
}

# import_comments FORMAT FILE
import_comments() {
    "$palabre" import "$1" "$2" --config "$demo_config" --json "$import_report"
}

# The largest threads of what was imported, each as a page of the site. A server must be there to
# show them, so this is only text.
list_threads() {
    node --input-type=module - "$import_report" "http://localhost:$1/fil/?section=" <<'END'
import { readFileSync } from 'node:fs';
const [file, page] = process.argv.slice(2);
const { sections } = JSON.parse(readFileSync(file, 'utf8'));
const largest = sections.sort((a, b) => b.comments - a.comments).slice(0, 5);
if (largest.length > 0) console.log(`\n  ${'comments'.padEnd(10)}address`);
for (const { section, comments } of largest) {
  const name = encodeURIComponent(section).replaceAll('%2F', '/');
  console.log(`  ${String(comments).padStart(8)}  ${page}${name}`);
}
END
}
