#!/usr/bin/env bash
# build.sh: builds what only the tests run on Windows: the later version that crashes, and the unit tests of the crates that
# speak to the system, the directory and the cloud. Their paths are listed in target/windows/unit-tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
installer/windows/toolchain.sh
# shellcheck source=/dev/null
. target/windows/environment
# Together with what is installed: apart from one another they would share fewer of their libraries.
programs=(--package insync-connector --package insync-connector-desktop)
/usr/bin/cargo build "${for_tests[@]}" --bins "${programs[@]}" --package insync-connector-crashing
listed=target/windows/unit-tests
/usr/bin/cargo test "${for_tests[@]}" --no-run --lib "${programs[@]}" --package connector-platform --package connector-directory --package connector-cloud 2>&1 |
    tee /dev/stderr | sed -n 's/.*Executable.*(\(.*\.exe\)).*/\1/p' >"$listed.new"
[[ $(wc -l <"$listed.new") == 3 ]] || { echo "Three programs with unit tests were expected." >&2; exit 1; }
mv "$listed.new" "$listed"
