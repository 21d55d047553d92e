#!/usr/bin/env bash
# notes.sh [CHANGELOG]: prints what is new as plain text, for the offer of an update: the newest section that has something in it.
set -euo pipefail
awk '
    function flush() { if (line != "") print line; line = "" }
    /^## / { if (found) exit; next_section = 1; next }
    !next_section { next }
    /^### / { flush(); print (found ? "\n" : "") substr($0, 5) ":"; found = 1; next }
    /^- / { flush(); line = $0; found = 1; next }
    /^ +[^ ]/ { sub(/^ +/, ""); line = line " " $0; next }
    { flush() }
    END { flush() }
' "${1:-$(dirname "$(realpath "$0")")/../CHANGELOG.md}"
