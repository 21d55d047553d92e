#!/bin/sh
# keyring-session.sh COMMAND...: runs a command on a D-Bus session of its own with an unlocked, private keyring.
# A Wayland socket is found by its full path: the folder for such sockets is a private one here.
# KEYRING_HOME names the folder for it; without it, a temporary one is used and removed.
set -eu
if [ -z "${KEYRING_HOME:-}" ]; then
    KEYRING_HOME=$(mktemp -d)
    trap 'rm -rf "$KEYRING_HOME"' EXIT
fi
mkdir -p "$KEYRING_HOME/home" "$KEYRING_HOME/run"
chmod 700 "$KEYRING_HOME" "$KEYRING_HOME/run"
# Set before the bus starts: whatever the bus starts inherits them from it.
case "${WAYLAND_DISPLAY:-}" in
    "" | /*) ;;
    *) export WAYLAND_DISPLAY="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/$WAYLAND_DISPLAY" ;;
esac
export XAUTHORITY="${XAUTHORITY:-$HOME/.Xauthority}"
export HOME="$KEYRING_HOME/home" XDG_RUNTIME_DIR="$KEYRING_HOME/run"
unset XDG_DATA_HOME XDG_CONFIG_HOME GNOME_KEYRING_CONTROL || true
# A keyring that is locked would ask on the display; where a window is wanted, KEEP_DISPLAY says so.
if [ -z "${KEEP_DISPLAY:-}" ]; then unset DISPLAY WAYLAND_DISPLAY || true; fi
# Unlocked before anybody asks: else the bus starts a second, locked keyring that owns the name.
# An empty password makes no keyring at all, so there is one.
# The bus's own setting puts its socket into /tmp and leaves it there.
cat >"$KEYRING_HOME/bus.conf" <<CONF
<busconfig>
  <type>session</type>
  <listen>unix:dir=$KEYRING_HOME/run</listen>
  <auth>EXTERNAL</auth>
  <standard_session_servicedirs/>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF
dbus-run-session --config-file "$KEYRING_HOME/bus.conf" -- sh -c '
    printf test | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &
    keyring=$!
    tries=0
    until dbus-send --session --dest=org.freedesktop.DBus --print-reply / \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean true"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ]; then echo "the keyring did not start" >&2; exit 70; fi
        sleep 0.05
    done
    code=0
    "$@" || code=$?
    kill "$keyring" 2>/dev/null || true
    exit "$code"
' keyring-session "$@"
