#!/usr/bin/env bash
# Copies a data home beside the running service: usage: scripts/backup.sh /var/lib/ganzhihui /var/backups/ganzhihui
#
# What never changes once written is copied once, by its name. What lists it is copied after it, so that a copy never names what it does not have:
# the catalogue after the snapshots, the acts after the files they speak of. A half-copied file has another name until it is whole.
set -euo pipefail

if [ $# -ne 2 ] || [ ! -d "$1/landing" ]; then
    echo "Usage: scripts/backup.sh DATA_HOME TARGET; DATA_HOME holds landing/." >&2
    exit 2
fi
home=$1
target=$2
umask 077
mkdir -p "$target"

copy() { # relative path of a file; "again" where it may have changed
    local to="$target/$1"
    if [ -e "$to" ] && [ "${2:-}" != again ]; then
        return
    fi
    mkdir -p "$(dirname "$to")"
    cp -p -- "$home/$1" "$to.part" && sync "$to.part" && mv -- "$to.part" "$to"
}

each() { # folder, pattern, [again]
    [ -d "$home/$1" ] || return 0
    (cd "$home" && find "$1" -type f -name "$2" ! -path '*/.*' -print0 | sort -z) | while IFS= read -r -d '' path; do copy "$path" "${3:-}"; done
}

(cd "$home/landing" && find acts -type f -name '[0-9]*.json' -print0 2>/dev/null | sort -z) >"$target/.acts"
each landing/blobs '*'
while IFS= read -r -d '' path; do copy "landing/$path"; done <"$target/.acts"
if [ -f "$home/warehouse/catalogue.json" ]; then
    cp -p -- "$home/warehouse/catalogue.json" "$target/.catalogue"
    for path in "$home"/warehouse/*.duckdb; do # of these what is listed: another may still be in the making
        name=$(basename "$path" .duckdb)
        if grep -qF "\"$name\"" "$target/.catalogue"; then copy "warehouse/$name.duckdb"; fi
    done
    mkdir -p "$target/warehouse"
    mv -- "$target/.catalogue" "$target/warehouse/catalogue.json"
fi
each issues '*'
for folder in keys submissions; do each "$folder" '*'; done
each jobs '*' again
each audit '*.jsonl' again
for file in people.csv keys.json audit/.last; do
    if [ -f "$home/$file" ]; then copy "$file" again; fi
done
rm -f "$target/.acts"
echo "Copied $home to $target."
