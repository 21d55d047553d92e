#!/usr/bin/env bash
# Runs every test of the workspace and says how many. Ends with an error when one fails.
set -uo pipefail

work=$(mktemp -d)
counted=$work/counted
failed=0
beside=()
mkdir -p target
trap 'for group in "${beside[@]}"; do kill -- "-$group" 2>/dev/null; done; rm -rf "$work"' EXIT

# start NAME NICENESS COMMAND: runs beside the tests, most of which wait, and gives way to them. A group of processes of its own,
# so that what is under way ends with this.
start() {
    set -m
    { renice -n "$2" -p "$BASHPID" >/dev/null; "${@:3}"; } >"$work/$1" 2>&1 </dev/null &
    set +m
    beside+=("$!")
    printf -v "$1" '%s' "$!"
}
# ended NAME: waits for it, and tells what it said.
ended() {
    local ended=0
    wait "${!1}" || ended=1
    cat "$work/$1"
    return "$ended"
}

# Programs and setups for Windows. A Windows waits more than it computes: its tests run beside those of the page, once both are there.
for_windows() {
    local ended=0
    tests/windows/compile.sh &&
        QUICKLY=1 installer/windows/build.sh target/windows/build/x86_64-pc-windows-gnu/debug "$INSTALLERS" || ended=1
    echo "$ended" >"$work/built"
    return "$ended"
}
on_windows() {
    while [[ ! -e $work/built ]] && kill -0 "$windows"; do sleep 1; done
    [[ -e $work/built && $(<"$work/built") == 0 ]] || { cat "$work/windows" >&2; echo "The programs for Windows were not built." >&2; return 1; }
    tests "$needs_windows"
}

# What computes all the time, what needs the programs for Windows, and what promises seconds and runs alone, but for what gives
# way (`.config/nextest.toml`).
histories_of_the_engine='binary(histories)'
needs_windows='package(windows)'
alone='(package(servers) & test(/^changes::|_on_samba$/)) | (package(connector-directory) & binary(hostile)) | test(/^several::/)'

# tests FILTER: "Summary [ 10.1s] 240 tests run: 238 passed (3 slow), 1 failed, 1 timed out, 0 skipped" is added to the counts.
tests() {
    local said ended=0
    said=$(mktemp --tmpdir="$work")
    cargo nextest run --workspace --no-fail-fast --test-threads "$((2 * $(nproc)))" -E "$1" 2>&1 | tee "$said" || ended=1
    sed 's/\x1b\[[0-9;]*m//g' "$said" | grep -E 'tests? run:' | tail -n 1 | sed 's/.*\] *//' >>"$counted" || ended=1
    return "$ended"
}

# The page: its own tests, then the built page in a browser.
page_counts() {
    sed 's/\x1b\[[0-9;]*m//g' "$work/page" | awk '/^ +Tests / { sub(/^ +Tests +/, ""); print }' | tail -n 1
}
of_the_page() {
    npm test --silent --prefix ui 2>&1 | tee "$work/page" || failed=1
    page=$(page_counts)
    npm run --silent --prefix ui build:browser && in_a_browser screens || failed=1
    browser=$(page_counts)
}
in_a_browser() {
    npm run --silent --prefix ui test:browser -- --project "$1" 2>&1 | tee "$work/page"
}

start windows 10 for_windows
if cargo nextest --version >/dev/null 2>&1; then
    runner="cargo nextest"
    start histories 19 tests "$histories_of_the_engine"
    tests "not ($histories_of_the_engine | $needs_windows | $alone)" || failed=1
    tests "$alone" || failed=1
    start setups 0 on_windows
    of_the_page
    ended setups || failed=1
    ended histories || failed=1
    # What is skipped here is run there.
    counts=$(awk '/ run:/ { sub(/\([^)]*\)/, ""); gsub(/,/, ""); lines++; run += $1
            for (i = 4; i < NF; i++) { if ($(i + 1) == "passed") passed += $i; if ($(i + 1) ~ /^(failed|timed|exec)$/) failed += $i } }
        END { if (lines == 4) printf "%d tests run: %d passed, %d failed", run, passed, failed }' "$counted")
else
    runner="cargo test (cargo-nextest is not installed)"
    of_the_page
    ended windows || failed=1
    cargo test --workspace --no-fail-fast --lib --bins --tests 2>&1 | tee "$counted" || failed=1
    counts=$(awk '/^test result:/ { passed += $4; failed += $6; skipped += $8 }
        END { printf "%d tests run: %d passed, %d failed, %d skipped", passed + failed, passed, failed, skipped }' "$counted")
fi
in_a_browser alone || failed=1
scrolling=$(page_counts)

cargo test --workspace --doc --no-fail-fast 2>&1 | tee "$work/documented" || failed=1
documented=$(awk '/^test result:/ { passed += $4; failed += $6 } END { printf "%d passed, %d failed", passed, failed }' "$work/documented")

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
