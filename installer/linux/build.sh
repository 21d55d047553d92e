#!/usr/bin/env bash
# build.sh PROGRAMS OUT: makes the two .deb files from built programs. The version is the program's own.
# With QUICKLY=1 they are packed sooner, and larger.
set -euo pipefail
programs=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
root=$(realpath "$here/../..")
connector=$programs/insync-connector
version=$("$connector" --version | awk '{ print $2 }')
architecture=$(dpkg --print-architecture)
changed=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH=$changed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

pack=(-Zxz)
[[ -z ${QUICKLY:-} ]] || pack=(-Zgzip -z1)

put() { install -D -m "$1" "$2" "$work/$3"; }
program() { install -D -s -m 755 "$programs/$1" "$work/$2/usr/bin/$1"; }
packed() { mkdir -p "$(dirname "$work/$1")"; gzip -9n >"$work/$1"; chmod 644 "$work/$1"; }
filled() { sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -u -d "@$changed" +%F)/"; }

# finish KIND FIELD [DEPENDENCY]: what a package needs of the system is read from its program, and goes into that field.
finish() {
    local kind=$1 field=$2 more=${3:-} tree name needs
    name=$(awk '/^Package:/ { print $2 }' "$here/$kind/control")
    tree=$work/$kind
    put 644 "$here/copyright" "$kind/usr/share/doc/$name/copyright"
    printf '%s (%s) stable; urgency=medium\n\n  * Version %s.\n\n -- inSync Connector <noreply@localhost>  %s\n' \
        "$name" "$version" "$version" "$(date -u -R -d "@$changed")" | packed "$kind/usr/share/doc/$name/changelog.gz"
    mkdir -p "$work/debian"
    : >"$work/debian/control"
    needs=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info "$tree/usr/bin/$name" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
    [[ -n $needs ]] || { echo "$name: what it needs of the system is not known" >&2; exit 1; }
    mkdir -p "$tree/DEBIAN"
    {
        cat "$here/$kind/control"
        printf 'Version: %s\nArchitecture: %s\n%s: %s%s\nInstalled-Size: %s\nMaintainer: inSync Connector <noreply@localhost>\n' \
            "$version" "$architecture" "$field" "$needs" "${more:+, $more}" "$(du -sk --exclude=DEBIAN "$tree" | cut -f1)"
    } >"$tree/DEBIAN/control"
    (cd "$tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    for script in preinst postinst prerm postrm; do
        [[ ! -e $here/$kind/$script ]] || put 755 "$here/$kind/$script" "$kind/DEBIAN/$script"
    done
    find "$tree" -newermt "@$changed" -exec touch --no-dereference --date="@$changed" {} +
    dpkg-deb --root-owner-group "${pack[@]}" --build "$tree" "$out/${name}_${version}_$architecture.deb" >/dev/null
}

program insync-connector headless
put 644 "$here/share/insync-connector.service" headless/usr/lib/systemd/system/insync-connector.service
put 644 "$here/share/insync-connector-update.path" headless/usr/lib/systemd/system/insync-connector-update.path
put 644 "$here/share/insync-connector-update.service" headless/usr/lib/systemd/system/insync-connector-update.service
put 644 "$here/share/insync-connector.sysusers" headless/usr/lib/sysusers.d/insync-connector.conf
mkdir -p "$work/pages"
"$connector" man --dir "$work/pages" >/dev/null
"$connector" man >"$work/pages/insync-connector.1"
for page in "$work"/pages/*.1; do packed "headless/usr/share/man/man1/${page##*/}.gz" <"$page"; done
completions() { "$connector" completions "$1" | install -D -m 644 /dev/stdin "$work/headless/usr/share/$2"; }
completions bash bash-completion/completions/insync-connector
completions zsh zsh/vendor-completions/_insync-connector
completions fish fish/vendor_completions.d/insync-connector.fish
# Before: a package that lacks something is not unpacked, and the engine that runs goes on.
finish headless Pre-Depends

program insync-connector-desktop desktop
put 644 "$here/share/com.insync.connector.desktop" desktop/usr/share/applications/com.insync.connector.desktop
filled <"$here/share/com.insync.connector.metainfo.xml" |
    install -D -m 644 /dev/stdin "$work/desktop/usr/share/metainfo/com.insync.connector.metainfo.xml"
for size in 32 128 256 512; do
    put 644 "$root/icons/app-$size.png" "desktop/usr/share/icons/hicolor/${size}x$size/apps/insync-connector.png"
done
put 644 "$root/icons/app.svg" desktop/usr/share/icons/hicolor/scalable/apps/insync-connector.svg
finish desktop Depends "insync-connector (= $version)"
