"""Cut the site's fonts out of the npm packages; `static/fonts/README.md` says what comes out.

    npm install @fontsource-variable/piazzolla@5.3.0 @fontsource-variable/onest@5.3.1
    pip install fonttools brotli
    python scripts/cut_fonts.py node_modules/@fontsource-variable

Needed only to change a font: neither the site nor its tests run this.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parents[1] / "static" / "fonts"
FEATURES = ["calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "rlig", "tnum"]
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]

# base.css names the same ranges. Romanian and Catalan letters come in Latin Extended, but every page needs them:
# the names of people and towns do not keep to the language of a page.
LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,"
    "U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
PARTNERS = "U+0102-0103,U+0139-0140,U+015E-015F,U+0162-0163,U+0218-021B"
EXTENDED = "U+0100-0101,U+0104-0130,U+0132-0138,U+0141-0151,U+0154-015D,U+0160-0161,U+0164-017F"
CYRILLIC = "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116"

# family: (axis in the name of its files, limits of its axes)
FAMILIES = {
    "piazzolla": ("opsz", {"wght": (400, 700), "opsz": (12, 30)}),
    "onest": ("wght", {"wght": (400, 700)}),
}
ITALIC = {"wght": 400, "opsz": 16}


def cut(source: Path, letters: str, limits: dict) -> TTFont:
    """One font with narrower axes and fewer letters."""
    font = instancer.instantiateVariableFont(TTFont(source), limits)
    options = subset.Options(layout_features=FEATURES, hinting=False, name_IDs=NAMES)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(letters))
    cutter.subset(font)
    return font


def graft(base: TTFont, extra: TTFont) -> TTFont:
    """Put the letters of one font into another one of the same axes. Their kerning stays behind."""
    order = list(base.getGlyphOrder())
    own = set(order)
    names: dict[str, str] = {}
    for glyph in extra.getGlyphOrder():
        same = glyph in own and extra["glyf"][glyph] == base["glyf"][glyph]
        names[glyph] = glyph if same or glyph not in own else f"{glyph}.grafted"
    for glyph, name in names.items():
        if name in own:
            continue
        shape = copy.deepcopy(extra["glyf"][glyph])
        for component in shape.components if shape.isComposite() else ():
            component.glyphName = names[component.glyphName]
        order.append(name)
        base["glyf"].glyphs[name] = shape
        base["hmtx"].metrics[name] = extra["hmtx"].metrics[glyph]
        if glyph in extra["gvar"].variations:
            base["gvar"].variations[name] = extra["gvar"].variations[glyph]
    base.setGlyphOrder(order)
    base["glyf"].setGlyphOrder(order)
    base["maxp"].numGlyphs = len(order)
    for table in base["cmap"].tables:
        if table.isUnicode():
            for code, glyph in extra.getBestCmap().items():
                table.cmap.setdefault(code, names[glyph])
    # An optional shortcut to the widths, which does not know the new letters.
    del base["HVAR"]
    return base


def save(font: TTFont, name: str) -> None:
    font.flavor = "woff2"
    font.save(TARGET / f"{name}.woff2")
    print(f"{name}.woff2", (TARGET / f"{name}.woff2").stat().st_size)


def main(packages: Path) -> None:
    for family, (axis, limits) in FAMILIES.items():

        def file(
            script: str, style: str = "normal", family: str = family, axis: str = axis
        ) -> Path:
            return packages / family / "files" / f"{family}-{script}-{axis}-{style}.woff2"

        near = cut(file("latin-ext"), PARTNERS, limits)
        save(graft(cut(file("latin"), LATIN, limits), near), family)
        save(cut(file("latin-ext"), EXTENDED, limits), f"{family}-ext")
        save(cut(file("cyrillic"), CYRILLIC, limits), f"{family}-cyrillic")
        if family == "piazzolla":
            save(cut(file("latin", "italic"), LATIN, ITALIC), f"{family}-italic")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
