#!/usr/bin/env bash
# update-key.sh: prints the public key that a build trusts to sign its updates: INSYNC_UPDATE_KEY where it is set, else that of a
# test key, which is made once under target/update-key.
set -euo pipefail
if [[ -n ${INSYNC_UPDATE_KEY:-} ]]; then
    echo "$INSYNC_UPDATE_KEY"
    exit 0
fi
folder=$(dirname "$(realpath "$0")")/../target/update-key
if [[ ! -e $folder/key.pub ]]; then
    mkdir -p "$folder"
    minisign -G -W -f -p "$folder/key.pub" -s "$folder/secret.key" >/dev/null </dev/null
fi
echo "These builds trust updates signed with the test key in target/update-key, and no others: INSYNC_UPDATE_KEY is not set." >&2
tail -n 1 "$folder/key.pub"
