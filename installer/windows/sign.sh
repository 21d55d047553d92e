#!/usr/bin/env bash
# sign.sh FILE: signs a program or a setup for Windows, as SIGNING_CERTIFICATE, SIGNING_KEY and SIGN_TIMESTAMP say (see build.sh).
set -euo pipefail
osslsigncode sign -certs "$SIGNING_CERTIFICATE" -key "$SIGNING_KEY" -h sha256 ${SIGN_TIMESTAMP:+-ts "$SIGN_TIMESTAMP"} \
    -n "inSync Connector" -in "$1" -out "$1.signed" >/dev/null
mv "$1.signed" "$1"
