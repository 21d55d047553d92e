#!/bin/sh
# Draws every icon anew from its SVG. Needs rsvg-convert (librsvg2-bin) and convert (imagemagick).
set -eu
cd "$(dirname "$0")"
for size in 16 24 32 48 64 128 256 512; do
    rsvg-convert --width "$size" --height "$size" app.svg --output "app-$size.png"
done
convert app-16.png app-24.png app-32.png app-48.png app-64.png app-256.png app.ico
rm app-16.png app-24.png app-48.png app-64.png
# For light panels and for dark ones: darker or brighter colours, and what is drawn on them.
draw() {
    for state in connected working attention disconnected; do
        sed "s/GREEN/$2/; s/BLUE/$3/; s/AMBER/$4/g; s/GREY/$5/g; s/INK/$6/; s/DARK/#201f1e/g" "tray/$state.svg" |
            rsvg-convert --width 64 --height 64 --output "tray/$state$1.png"
    done
}
draw "" "#0e700e" "#0f6cbd" "#f7a600" "#5c5c5c" "#ffffff"
draw -dark "#54d454" "#62abf5" "#ffc83d" "#d6d6d6" "#1b1a19"
# The pictures of the setup for Windows, at 100, 125, 150 and 200 %: NSIS takes bitmaps.
for percent in 100 125 150 200; do
    rsvg-convert --width $((164 * percent / 100)) --height $((314 * percent / 100)) setup/side.svg |
        convert png:- -alpha off +dither -compress none -colors 256 -type palette "BMP3:setup/side-$percent.bmp"
    rsvg-convert --width $((150 * percent / 100)) --height $((57 * percent / 100)) setup/header.svg |
        convert png:- -background white -alpha remove +dither -compress none -colors 256 -type palette "BMP3:setup/header-$percent.bmp"
done
