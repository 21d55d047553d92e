#!/usr/bin/env bash
# Runs every test of the workspace and says how many. Ends with an error when one fails.
set -uo pipefail

summary=$(mktemp)
counted=$(mktemp)
failed=0

# Programs and setups for Windows are compiled beside the tests, most of which wait, and give way to them.
windows() {
    nice -n 19 tests/windows/compile.sh &&
        QUICKLY=1 installer/windows/build.sh target/windows/build/x86_64-pc-windows-gnu/debug "$INSTALLERS"
}
mkdir -p target
compiled=target/windows.log
# A group of processes of its own, so that what is under way ends with this.
set -m
windows >"$compiled" 2>&1 </dev/null &
compiler=$!
set +m
trap 'rm -f "$summary" "$counted"; kill -- "-$compiler" 2>/dev/null' EXIT
compiled_for_windows() {
    wait "$compiler" || { failed=1; cat "$compiled" >&2; echo "The programs for Windows were not built." >&2; }
}

# What needs them, and what promises seconds and runs alone (`.config/nextest.toml`).
needs_windows='package(windows)'
alone='(package(servers) & test(/^changes::|_on_samba$/)) | (package(connector-directory) & binary(hostile)) | test(/^several::/)'

# tests FILTER: "Summary [ 10.1s] 240 tests run: 238 passed (3 slow), 1 failed, 1 timed out, 0 skipped" is added to the counts.
tests() {
    local said ended=0
    said=$(mktemp)
    cargo nextest run --workspace --no-fail-fast --test-threads "$((2 * $(nproc)))" -E "$1" 2>&1 | tee "$said" || ended=1
    sed 's/\x1b\[[0-9;]*m//g' "$said" | grep -E 'tests? run:' | tail -n 1 | sed 's/.*\] *//' >>"$counted" || ended=1
    rm -f "$said"
    return "$ended"
}

# The page: its own tests, then the built page in a browser.
page_counts() {
    sed 's/\x1b\[[0-9;]*m//g' "$summary" | awk '/^ +Tests / { sub(/^ +Tests +/, ""); print }' | tail -n 1
}
of_the_page() {
    npm run --silent --prefix ui lint && npm run --silent --prefix ui types || failed=1
    npm test --silent --prefix ui 2>&1 | tee "$summary" || failed=1
    page=$(page_counts)
    npm run --silent --prefix ui build:browser && in_a_browser screens || failed=1
    browser=$(page_counts)
}
in_a_browser() {
    npm run --silent --prefix ui test:browser -- --project "$1" 2>&1 | tee "$summary"
}

if cargo nextest --version >/dev/null 2>&1; then
    runner="cargo nextest"
    tests "not ($needs_windows | $alone)" || failed=1
    compiled_for_windows
    # A Windows waits more than it computes.
    ran=$(mktemp)
    tests "$needs_windows" >"$ran" 2>&1 &
    on_windows=$!
    of_the_page
    wait "$on_windows" || failed=1
    cat "$ran"
    rm -f "$ran"
    tests "$alone" || failed=1
    # What is skipped here is run there.
    counts=$(awk '/ run:/ { sub(/\([^)]*\)/, ""); gsub(/,/, ""); lines++; run += $1
            for (i = 4; i < NF; i++) { if ($(i + 1) == "passed") passed += $i; if ($(i + 1) ~ /^(failed|timed|exec)$/) failed += $i } }
        END { if (lines == 3) printf "%d tests run: %d passed, %d failed", run, passed, failed }' "$counted")
else
    runner="cargo test (cargo-nextest is not installed)"
    of_the_page
    compiled_for_windows
    cargo test --workspace --no-fail-fast --lib --bins --tests 2>&1 | tee "$summary" || failed=1
    counts=$(awk '/^test result:/ { passed += $4; failed += $6; skipped += $8 }
        END { printf "%d tests run: %d passed, %d failed, %d skipped", passed + failed, passed, failed, skipped }' "$summary")
fi
in_a_browser alone || failed=1
scrolling=$(page_counts)

cargo test --workspace --doc --no-fail-fast 2>&1 | tee "$summary" || failed=1
documented=$(awk '/^test result:/ { passed += $4; failed += $6 } END { printf "%d passed, %d failed", passed, failed }' "$summary")

[[ $page == *passed* && $browser == *passed* && $scrolling == *passed* ]] || failed=1

echo
echo "Page:      ${page:-none were run}"
echo "Browser:   ${browser:-none were run}; alone: ${scrolling:-none were run}"
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
