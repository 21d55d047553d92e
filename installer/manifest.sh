#!/usr/bin/env bash
# manifest.sh INSTALLERS: signs the installers of a folder and writes the offer of an update beside them: connector.json (Tauri's
# format) and its signature. Put them all into one folder of a web server, such as /updates/ of the cloud.
# UPDATE_SECRET_KEY is the file with minisign's secret key (without a password, or minisign asks); without it that of
# target/update-key. UPDATE_NOTES is what is new; without it the newest section of CHANGELOG.md.
set -euo pipefail
out=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
key=${UPDATE_SECRET_KEY:-$here/../target/update-key/secret.key}
if [[ ! -e $key || (-n ${INSYNC_UPDATE_KEY:-} && -z ${UPDATE_SECRET_KEY:-}) ]]; then
    echo "There is no key to sign updates with: no offer was written." >&2
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$here/../Cargo.toml")
case $(uname -m) in arm64) machine=aarch64 ;; *) machine=$(uname -m) ;; esac

# The setup that your own certificate signed, where it did.
setup=inSync-Connector-Setup-$version-signed.exe
[[ -e $out/$setup ]] || setup=inSync-Connector-Setup-$version.exe

entry() {
    minisign -S -s "$key" -m "$out/$2" -x "$work/signature" >/dev/null
    printf '    "%s": { "url": "%s", "signature": "%s" }' "$1" "$2" "$(base64 -w 0 "$work/signature")"
}
only() {
    local found=("$out"/$1)
    basename "${found[0]}"
}
text() { printf '%s' "${1//$'\r'/}" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/\t/ /g' | awk 'NR > 1 { printf "\\n" } { printf "%s", $0 }'; }
{
    printf '{\n  "version": "%s",\n  "notes": "%s",\n' "$version" "$(text "${UPDATE_NOTES:-$("$here/notes.sh")}")"
    printf '  "pub_date": "%s",\n  "platforms": {\n' "$(date -u +%FT%TZ)"
    entry "linux-$machine" "$(only "insync-connector_${version}_*.deb")"
    printf ',\n'
    entry "linux-$machine-desktop" "$(only "insync-connector-desktop_${version}_*.deb")"
    printf ',\n'
    entry windows-x86_64 "$setup"
    printf '\n  }\n}\n'
} >"$out/connector.json"
minisign -S -s "$key" -m "$out/connector.json" -x "$out/connector.json.minisig" >/dev/null
