#!/usr/bin/env bash
# toolchain.sh: makes a compiler for 64-bit Windows (x86_64-pc-windows-gnu) out of Debian's Rust and MinGW, under target/windows/.
# Debian has no standard library for Windows; it is built once, from Debian's own sources of the same compiler version.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=x86_64-pc-windows-gnu
tools=$PWD/target/windows
version=$(/usr/bin/rustc --version | awk '{ print $2 }')
# Cargo does not notice another library at the same path: raise the number when this script changes.
sysroot=$tools/sysroot-$version-1
library=$sysroot/lib/rustlib/$target/lib
mkdir -p "$tools"

if [[ ! -e $library/.complete ]]; then
    echo "Building Rust's standard library for Windows (a minute or two, once)"
    build=$(mktemp -d "$tools/std.XXXXXX")
    trap 'rm -rf "$build"' EXIT
    rm -rf "$sysroot"
    mkdir -p "$build/src" "$library"
    : >"$build/src/lib.rs"
    # panic_abort must be compiled the way its name says, or nothing can be linked with it.
    cat >"$build/Cargo.toml" <<'MANIFEST'
cargo-features = ["profile-rustflags"]
[workspace]
[package]
name = "nothing"
version = "0.0.0"
edition = "2021"
[profile.release]
debug = 0
[profile.release.package.panic_abort]
rustflags = ["-Cpanic=abort"]
MANIFEST
    (
        cd "$build"
        env -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$build/target" \
            CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS=-Cembed-bitcode=yes \
            /usr/bin/cargo build --quiet --release --target "$target" \
            -Z build-std=std,panic_unwind,panic_abort,proc_macro,test 2>"$build/log" || { cat "$build/log" >&2; exit 1; }
    )
    cp "$build/target/$target/release/deps/"*.rlib "$library/"
    rm -f "$library"/libnothing-*.rlib
    host=$(/usr/bin/rustc --version --verbose | awk '/^host:/ { print $2 }')
    ln -sfn "$(/usr/bin/rustc --print sysroot)/lib/rustlib/$host" "$sysroot/lib/rustlib/$host"
    touch "$library/.complete"
fi

# What a build for Windows is started with; a folder of its own keeps the two compilers apart.
cat >"$tools/environment" <<ENVIRONMENT
export RUSTC=/usr/bin/rustc CARGO_BUILD_TARGET=$target CARGO_TARGET_DIR=$tools/build
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="--sysroot $sysroot"
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
export CC_x86_64_pc_windows_gnu=x86_64-w64-mingw32-gcc CXX_x86_64_pc_windows_gnu=x86_64-w64-mingw32-g++ AR_x86_64_pc_windows_gnu=x86_64-w64-mingw32-ar
unset RUSTUP_TOOLCHAIN
# What tests run is compiled as quickly as can be: they do not compute under Wine.
for_tests=(--config profile.dev.debug=false --config 'profile.dev.package."*".opt-level=0' $(
    sed -n '/^\[profile.dev.package\]/,/^$/s/^\([a-z0-9_-]*\) = .*/--config profile.dev.package.\1.opt-level=0/p' Cargo.toml | tr '\n' ' '
))
ENVIRONMENT
