#!/usr/bin/env bash
# packages.sh demo|window|test|dist [--dry-run]: installs the Debian packages that are missing, after saying which.
# With --dry-run it only says what it would do.
set -euo pipefail

usage() {
    echo "usage: ${0##*/} demo|window|test|dist [--dry-run]" >&2
    exit 2
}
purpose=${1:-}
dry=${2:-}
[[ $dry == "" || $dry == --dry-run ]] || usage

# A program that brings its own linker needs no build-essential; the demo needs a keyring for its secrets.
wanted=(gnome-keyring dbus ca-certificates)
command -v cc >/dev/null || wanted+=(build-essential)
# The window is drawn by the system's web view; its tray icon by a library that is loaded when it is there.
window=(pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-1)
# Before the demo opens its window, it lives through a week by another clock.
clock=(libfaketime)
# Packages for Debian, and programs and a setup for Windows.
dist=(
    "${window[@]}" dpkg-dev minisign
    rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 g++-mingw-w64-x86-64-win32 # the compiler for Windows
    nsis osslsigncode                                                                      # its setup, signed
)
case $purpose in
demo) ;;
window) wanted+=("${window[@]}" "${clock[@]}") ;;
dist) wanted+=("${dist[@]}") ;;
test)
    wanted+=(
        "${dist[@]}" "${clock[@]}" wine wine64 xdotool systemd debootstrap       # what was built for Windows and Debian, installed
        xvfb webkit2gtk-driver x11-utils wmctrl openbox chromium-headless-shell fonts-dejavu-core # the window, worked and looked at
        libglib2.0-bin openssl git                                             # clients of the tests
        slapd slapd-contrib ldap-utils libldap-dev                             # OpenLDAP
        samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules ldb-tools python3-samba # Samba AD
        389-ds-base python3-lib389 libnss3-tools                               # 389 Directory Server
        python3 python3-venv                                                   # SCIM tools
        tinyproxy squid dante-server                                           # proxies
        zsh fish                                                               # shells that complete
    )
    ;;
*) usage ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This machine has no apt. Needed for make $purpose, by their names in Debian: ${wanted[*]}" >&2
    if [[ $purpose != demo ]]; then
        echo "Nothing was installed: make $purpose needs them." >&2
        exit 1
    fi
    echo "The demo goes on without installing them." >&2
    exit 0
fi

installed() {
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}
missing_packages() {
    missing=()
    for package in "${wanted[@]}"; do
        installed "$package" || missing+=("$package")
    done
}
missing_packages
if [[ ${#missing[@]} == 0 ]]; then
    exit 0
fi

as_root=()
if [[ $(id -u) != 0 ]]; then
    if ! command -v sudo >/dev/null; then
        echo "Missing packages: ${missing[*]}. Install them as root: this user has no sudo." >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Missing packages, installed now (a minute or two): ${missing[*]}"
if [[ $dry == --dry-run ]]; then
    echo "(dry run) ${as_root[*]} apt-get install --yes --no-install-recommends ${missing[*]}"
    exit 0
fi

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 --quiet --quiet "$@"
}

# The tests start servers of their own on loopback: no system service may start by being installed.
# Debian asks this file before it starts one; where the machine has its own, it stays.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

# The list of packages may be missing or old: fetched once, when it is.
if ! apt install --yes --no-install-recommends --download-only "${missing[@]}" >/dev/null 2>&1; then
    apt update >/dev/null
fi
# Releases differ in how they split Samba: what the archive does not know is part of another package there.
known=()
for package in "${missing[@]}"; do
    if apt-cache show --no-all-versions "$package" >/dev/null 2>&1; then
        known+=("$package")
    else
        echo "This release has no package $package: left out." >&2
    fi
done
# What apt says is of interest only when it fails.
log=$(mktemp)
if ! apt install --yes --no-install-recommends "${known[@]}" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
echo "Installed."
