#!/usr/bin/env bash
# Copies a data home beside the running service: usage: scripts/backup.sh /var/lib/ganzhihui /var/backups/ganzhihui
#
# What never changes once written is copied once, by its name. What lists it is copied after it, so that a copy never names what it does not have:
# the catalogue after the snapshots, the acts after the files they speak of. A half-copied file has another name until it is whole.
# Of what people take back (uploads, jobs) the copy keeps no more than the home does.
set -euo pipefail

say() { printf '%s\n' "$@" >&2; }

if [ $# -ne 2 ] || [ ! -d "$1/landing" ]; then
    say "${1:-没有给出数据目录}" "  不是数据目录：其中没有 landing/。" "  请：写 scripts/backup.sh 数据目录 备份目录，如 scripts/backup.sh /var/lib/ganzhihui /var/backups/ganzhihui。"
    exit 2
fi
home=$1
target=$2
trap 'code=$?; [ "$code" -eq 0 ] || [ "$code" -eq 13 ] || say "$target" "  备份没有做完（缘由见上一行）；数据目录没有动，已拷好的仍可用。" "  请：检查备份目录的磁盘空间与权限后，再运行一次。"' EXIT
umask 077
mkdir -p "$target"
exec 9<"$target"
if ! flock -n 9; then
    say "$target" "  另一次备份正在写这个目录。" "  请：等它结束后再试。"
    exit 13
fi

copy() { # relative path of a file; "again" where it may have changed
    local to="$target/$1"
    if [ -e "$to" ] && { [ "${2:-}" != again ] || [ "$(stat -c '%y %s' "$home/$1")" = "$(stat -c '%y %s' "$to")" ]; }; then
        return 0
    fi
    mkdir -p "$(dirname "$to")" && cp -p -- "$home/$1" "$to.part" && sync "$to.part" && mv -- "$to.part" "$to"
}

each() { # folder, pattern, [again]
    [ -d "$home/$1" ] || return 0
    (cd "$home" && find "$1" -type f -name "$2" ! -path '*/.*' -print0 | sort -z) | while IFS= read -r -d '' path; do copy "$path" "${3:-}"; done
}

like() { # folder from which things are taken away: what goes while it is copied is no longer wanted, nor is what went before
    each_of "$1" "$home" | while IFS= read -r -d '' path; do copy "$path" again || [ ! -e "$home/$path" ]; done
    each_of "$1" "$target" | while IFS= read -r -d '' path; do if [ ! -e "$home/$path" ]; then rm -f -- "$target/$path"; fi; done
    if [ -d "$target/$1" ]; then find "$target/$1" -mindepth 1 -type d -empty -delete; fi
}

each_of() { # folder, of which root
    if [ -d "$2/$1" ]; then (cd "$2" && find "$1" -type f ! -path '*/.*' -print0 | sort -z); fi
}

snapshots() { # of the files what is listed: another may still be in the making
    cp -p -- "$home/warehouse/catalogue.json" "$target/.catalogue" || return 1
    for path in "$home"/warehouse/*.duckdb; do
        name=$(basename "$path" .duckdb)
        if grep -qF "\"$name\"" "$target/.catalogue"; then copy "warehouse/$name.duckdb" || return 1; fi
    done
    mkdir -p "$target/warehouse" && mv -- "$target/.catalogue" "$target/warehouse/catalogue.json"
}

(cd "$home/landing" && find acts -type f -name '[0-9]*.json' -print0 2>/dev/null | sort -z) >"$target/.acts"
each landing/blobs '*'
while IFS= read -r -d '' path; do copy "landing/$path"; done <"$target/.acts"
if [ -f "$home/warehouse/catalogue.json" ]; then
    snapshots || snapshots # a refresh replaced the catalogue and took away what it no longer lists
fi
each issues '*'
for path in "$home"/issues/.delivered/*.json; do # what went out once must not go again after a restore
    if [ -f "$path" ]; then copy "issues/.delivered/$(basename "$path")" again; fi
done
each keys '*' again
for folder in jobs submissions; do like "$folder"; done
if [ -e "$home/audit/.lock" ]; then exec 8<"$home/audit/.lock" && flock -s 8; fi # its last line and the note of it belong together
each audit '*.jsonl' again
for file in people.csv keys.json audit/.last; do
    if [ -f "$home/$file" ]; then copy "$file" again; fi
done
rm -f "$target/.acts"
echo "已把 $home 备份到 $target。"
