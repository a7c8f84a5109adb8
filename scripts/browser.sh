#!/usr/bin/env bash
# Sees to it that the browser tests find Chromium and a Chinese font on this machine.
set -euo pipefail

missing=()
if ! command -v chromium >/dev/null; then
    missing+=(chromium)
fi
if ! command -v fc-list >/dev/null; then
    missing+=(fontconfig fonts-noto-cjk)
elif [ -z "$(fc-list :lang=zh-cn family)" ]; then
    missing+=(fonts-noto-cjk)
fi
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} for the browser tests ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    exit 0
fi
echo "The browser tests need ${missing[*]}." >&2
echo "  Do: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}, then run make test again." >&2
exit 1
