#!/usr/bin/env bash
# build.sh PROGRAMS OUT: makes the setup for 64-bit Windows from built programs, once as it is and once signed.
# With QUICKLY=1 the setup is packed sooner, and larger.
# SIGNING_CERTIFICATE and SIGNING_KEY (PEM files) are who signs; without them a key that is made for the purpose and trusted by nobody.
# SIGN_TIMESTAMP is the address of a time stamp authority (RFC 3161), so that signatures outlive the certificate.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
root=$(realpath "$here/../..")
built=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$root"
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
# What setups are made of; tests make more of them.
programs=$root/target/windows/programs
rm -rf "$programs"
mkdir "$programs"
cp "$built"/insync-connector.exe "$built"/insync-connector-desktop.exe "$built"/WebView2Loader.dll "$programs"
x86_64-w64-mingw32-strip "$programs"/*.exe

if [[ -z ${SIGNING_CERTIFICATE:-} ]]; then
    keys=$(mktemp -d)
    trap 'rm -rf "$keys"' EXIT
    SIGNING_CERTIFICATE=$keys/test.pem
    SIGNING_KEY=$keys/test.key
    openssl req -x509 -newkey rsa:3072 -nodes -days 30 -subj "/CN=inSync Connector, test key" \
        -addext extendedKeyUsage=codeSigning -keyout "$SIGNING_KEY" -out "$SIGNING_CERTIFICATE" 2>/dev/null
    mark=-signed-by-test-key
fi

export SIGNING_CERTIFICATE SIGNING_KEY

# setup OUT [MORE OPTIONS OF makensis]
setup() {
    makensis -V2 -WX ${QUICKLY:+-DQUICKLY} -INPUTCHARSET UTF8 -DVERSION="$version" -DPROGRAMS="$programs" -DICON="$root/icons/app.ico" -DOUT="$1" "${@:2}" "$here/setup.nsi"
}
setup "$out/inSync-Connector-Setup-$version.exe"
signed=$out/inSync-Connector-Setup-$version${mark:--signed}.exe
for program in "$programs"/*.exe; do "$here/sign.sh" "$program"; done
setup "$signed" -DSIGN="$here/sign.sh"
"$here/sign.sh" "$signed"
