#!/usr/bin/env bash
# run.sh [SECONDS [DOOR…]]: looks for inputs that break a door, 60 s at each. What it finds is kept under target/fuzz/found and
# used the next time; inputs that broke something are in target/fuzz/broken. SANITIZER=address looks for unsound memory as well.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ ]] || { sed -n 2,3p "$0" >&2; exit 2; }
version=0.13.2
tool=target/tools/bin/cargo-fuzz
if [[ $("$tool" --version 2>/dev/null) != "cargo-fuzz $version" ]]; then
    echo "cargo-fuzz $version is missing: it is built now and put into target/tools (a minute or two)."
    cargo install cargo-fuzz --locked --version "$version" --root target/tools --quiet
fi
# libFuzzer is C++.
command -v c++ >/dev/null || { echo "A C++ compiler is missing (g++ in Debian)." >&2; exit 1; }

# Coverage is part of the stable compiler, a sanitizer is not: RUSTC_BOOTSTRAP lets it through, for this build alone.
sanitizer=${SANITIZER:-none}
[[ $sanitizer == none ]] || export RUSTC_BOOTSTRAP=1
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
echo "Building the targets (the first time ten minutes)."
(cd tests/fuzz && "../../$tool" fuzz build --fuzz-dir . --features libfuzzer --sanitizer "$sanitizer" --target-dir ../../target/fuzz)
programs=target/fuzz/$(rustc --print host-tuple)/release

broken=0
doors=("${@:2}")
[[ ${#doors[@]} -gt 0 ]] || mapfile -t doors < <(ls tests/fuzz/corpus)
mkdir -p target/fuzz/broken
for door in "${doors[@]}"; do
    found=target/fuzz/found/$door
    mkdir -p "$found"
    case $door in
    ldap_* | directory_client) words=ldap ;;
    filter | dn) words=names ;;
    session_* | scim_* | update_*) words=json ;;
    certificates) words=certificates ;;
    former_file) words=former ;;
    *) words=toml ;;
    esac
    log=target/fuzz/$door.log
    began=$SECONDS
    if "$programs/$door" "$found" "tests/fuzz/corpus/$door" -dict="tests/fuzz/dictionaries/$words.dict" \
        -max_total_time="$seconds" -timeout=30 -rss_limit_mb=2048 -max_len=65536 -use_value_profile=1 -detect_leaks=0 -print_final_stats=1 \
        -artifact_prefix="target/fuzz/broken/$door-" >"$log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        printf '%-18s held: %s inputs in %s s, %s kept\n' "$door" "$runs" $((SECONDS - began)) "$(ls "$found" | wc -l)"
    else
        broken=1
        printf '%-18s BROKEN after %s s, see %s\n' "$door" $((SECONDS - began)) "$log"
        tail -n 15 "$log"
    fi
done
exit "$broken"
