#!/usr/bin/env bash
# compile.sh: compiles what tests run on Windows, into target/windows/build/: the programs, a later version that crashes, and the
# unit tests of the crates that speak to the system, the directory and the cloud. Their paths are listed in target/windows/unit-tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
installer/windows/toolchain.sh
# shellcheck source=/dev/null
. target/windows/environment
packages=(--package insync-connector --package insync-connector-desktop --package insync-connector-crashing)
packages+=(--package connector-platform --package connector-directory --package connector-cloud)
# None of them has examples; that they are asked for turns on what tests need of the libraries, which are then compiled once for both.
/usr/bin/cargo build "${for_tests[@]}" "${packages[@]}" --bins --examples
listed=target/windows/unit-tests
/usr/bin/cargo test "${for_tests[@]}" "${packages[@]}" --no-run --lib 2>&1 |
    tee --append /dev/stderr | sed -n 's/.*Executable.*(\(.*\.exe\)).*/\1/p' >"$listed.new"
[[ $(wc -l <"$listed.new") == 3 ]] || { echo "Three programs with unit tests were expected." >&2; exit 1; }
mv "$listed.new" "$listed"
