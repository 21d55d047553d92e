#!/usr/bin/env bash
# compile.sh: compiles the programs for 64-bit Windows as they are installed, into target/windows/build/.
set -euo pipefail
cd "$(dirname "$0")/../.."
installer/windows/toolchain.sh
# shellcheck source=/dev/null
. target/windows/environment
/usr/bin/cargo build --profile dist --package insync-connector --package insync-connector-desktop --bins
