#!/bin/sh
# Makes DejaVuSans.ttf, the part of DejaVu Sans that figures are drawn with.
# Needs npm, and fonttools for `pyftsubset`.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --silent --prefix "$work" dejavu-fonts-ttf@2.37.3
source="$work/node_modules/dejavu-fonts-ttf"

# Latin, spacing modifiers, combining marks, Greek, Cyrillic, punctuation,
# super- and subscripts, currency, letter-like symbols, fractions, arrows,
# mathematics, box drawing, block elements, geometric shapes, ticks and
# crosses, and the replacement character.
blocks="U+0020-007E,U+00A0-024F,U+02B0-02FF,U+0300-0345"
blocks="$blocks,U+0370-03E1,U+03F0-03FF,U+0400-045F,U+0490-0493"
blocks="$blocks,U+1E80-1E85,U+1E9E,U+1EF2-1EF3,U+2000-206F,U+2070-209C"
blocks="$blocks,U+20A0-20B5,U+20BF,U+2100-2138,U+2150-215F,U+2190-219F"
blocks="$blocks,U+21A6,U+21B3,U+21BA-21BB,U+21CB-21D5,U+2200-22A5,U+22C0-22C5"
blocks="$blocks,U+22EE-22F1,U+2500-259F,U+25A0-25CF,U+2605-2606,U+2610-2612"
blocks="$blocks,U+2713-2714,U+2717,U+27E8-27E9,U+FFFD"

pyftsubset "$source/ttf/DejaVuSans.ttf" \
    --unicodes="$blocks" \
    --output-file=DejaVuSans.ttf \
    --legacy-kern --layout-features= --no-hinting --notdef-outline \
    --drop-tables+=GPOS,GSUB,GDEF,FFTM,fpgm,prep,cvt,gasp,MATH
cp "$source/LICENSE" DejaVu-LICENSE.txt
ls -l DejaVuSans.ttf
