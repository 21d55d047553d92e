#!/usr/bin/env bash
# Advisories about Rust and npm parts, beside licences, bans and sources. Both need a database from the network; where it cannot be
# reached, that is said, and the check has failed: nothing is known then.
set -uo pipefail
cd "$(dirname "$0")/../../.."
version=0.20.2
tool=target/tools/bin/cargo-deny
if [[ $("$tool" --version 2>/dev/null) != "cargo-deny $version" ]]; then
    echo "cargo-deny $version is missing: it is built now and put into target/tools (some minutes)."
    cargo install cargo-deny --locked --version "$version" --root target/tools --quiet || exit 1
fi
failed=0
"$tool" --log-level warn check --hide-inclusion-graph bans licenses sources || failed=1
"$tool" fetch db || { echo "Not checked: the database of advisories about Rust parts cannot be reached."; failed=2; }
[[ $failed == 2 ]] || "$tool" --log-level warn check --hide-inclusion-graph --disable-fetch advisories || failed=1
answer=$(cd ui && npm audit --package-lock-only --json 2>/dev/null)
if found=$(node -e 'const v = JSON.parse(process.argv[1]).metadata.vulnerabilities; console.log(v.total)' "$answer" 2>/dev/null); then
    echo "npm: $found advisories"
    [[ $found == 0 ]] || { (cd ui && npm audit --package-lock-only); failed=1; }
else
    echo "Not checked: the database of advisories about npm parts cannot be reached."
    failed=2
fi
[[ $failed == 0 ]] && echo "make audit: nothing found"
exit "$failed"
