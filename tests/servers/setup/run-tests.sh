#!/usr/bin/env bash
# Runs every test of the workspace and says how many. Ends with an error when one fails.
set -uo pipefail

summary=$(mktemp)
trap 'rm -f "$summary"' EXIT
failed=0

if cargo nextest --version >/dev/null 2>&1; then
    runner="cargo nextest"
    cargo nextest run --workspace --no-fail-fast --test-threads "$((2 * $(nproc)))" 2>&1 | tee "$summary" || failed=1
    # "Summary [ 10.1s] 240 tests run: 238 passed (3 slow), 1 failed, 1 timed out, 0 skipped"
    line=$(sed 's/\x1b\[[0-9;]*m//g' "$summary" | grep -E 'tests? run:' | tail -n 1)
    counts=${line#*\] }
else
    runner="cargo test (cargo-nextest is not installed)"
    cargo test --workspace --no-fail-fast --lib --bins --tests 2>&1 | tee "$summary" || failed=1
    counts=$(awk '/^test result:/ { passed += $4; failed += $6; skipped += $8 }
        END { printf "%d tests run: %d passed, %d failed, %d skipped", passed + failed, passed, failed, skipped }' "$summary")
fi
counts=${counts#"${counts%%[![:space:]]*}"}

cargo test --workspace --doc --no-fail-fast 2>&1 | tee "$summary" || failed=1
documented=$(awk '/^test result:/ { passed += $4; failed += $6 } END { printf "%d passed, %d failed", passed, failed }' "$summary")

# The page: its own tests, then the built page in a browser.
page_counts() {
    sed 's/\x1b\[[0-9;]*m//g' "$summary" | awk '/^ +Tests / { sub(/^ +Tests +/, ""); print }' | tail -n 1
}
cd ui
npm run --silent lint && npm run --silent types || failed=1
npm test --silent 2>&1 | tee "$summary" || failed=1
page=$(page_counts)
npm run --silent build:browser && npm run --silent test:browser 2>&1 | tee "$summary" || failed=1
browser=$(page_counts)
cd ..
[[ $page == *passed* && $browser == *passed* ]] || failed=1

echo
echo "Page:      ${page:-none were run}"
echo "Browser:   ${browser:-none were run}"
echo "Tests:     ${counts:-none were run} ($runner)"
echo "Doc tests: $documented"
if [[ $(id -u) != 0 ]]; then
    echo "Left out, because they need root: journeys::service, journeys::secrets (in memory), desktop::service, debian::packages, debian::update, debian::upgrade."
elif ! grep -q ' cgroup2 ' /proc/mounts; then
    echo "Left out, because this machine has no control groups for another systemd: debian::update, debian::upgrade."
fi
if [[ -z $counts || $failed != 0 ]]; then
    echo "make test: FAILED"
    exit 1
fi
echo "make test: all passed"
