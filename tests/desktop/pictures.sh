#!/usr/bin/env bash
# Makes the pictures of README anew, from the real window on the real engine. Look at them before they are kept.
set -euo pipefail
cd "$(dirname "$0")/../.."
shots=$(mktemp --directory)
trap 'rm -rf "$shots"' EXIT
cargo build --bins --package insync-sandbox --package insync-connector --package insync-connector-desktop
SHOTS=$shots cargo test --package desktop -- every_screen_of_the_real_engine
mkdir -p tests/desktop/shots
for name in overview approval people; do
    cp "$shots/en-1440-$name.png" "tests/desktop/shots/$name.png"
done
ls -l tests/desktop/shots
