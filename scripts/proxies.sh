#!/usr/bin/env bash
# Sees to it that the tests of the production recipes find nginx, caddy and openssl on this machine.
set -euo pipefail

missing=()
if [ ! -x /usr/sbin/nginx ] && ! command -v nginx >/dev/null; then
    missing+=(nginx-light)
fi
if ! command -v caddy >/dev/null; then
    missing+=(caddy)
fi
if ! command -v openssl >/dev/null; then
    missing+=(openssl)
fi
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} for the tests of the production recipes ..."
    export DEBIAN_FRONTEND=noninteractive
    # Debian would start the service, which takes port 80; the tests start one of its own on a free port.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        trap 'rm -f "$policy"' EXIT
    fi
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    exit 0
fi
echo "The tests of the production recipes need ${missing[*]}." >&2
echo "  Do: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}, then run make test again." >&2
exit 1
