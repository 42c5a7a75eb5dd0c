"""Contrast of the palette in both modes, computed from the tokens themselves."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKENS = dict(re.findall(r"--([\w-]+):\s*([^;]+);", (CSS / "tokens.css").read_text()))
TEXT, EDGE = 4.5, 3.0

PAIRS = [
    *(
        (text, ground, TEXT)
        for ground in ("paper", "cloth", "linen")
        for text in ("ink", "ink-soft", "woad", "woad-strong", "madder")
    ),
    ("on-woad", "woad", TEXT),
    ("on-woad", "woad-strong", TEXT),
    ("on-weld", "weld", TEXT),
    ("woad-strong", "woad-ground", TEXT),
    ("woad", "woad-ground", TEXT),
    ("madder", "madder-ground", TEXT),
    ("green", "green-ground", TEXT),
    ("amber", "amber-ground", TEXT),
    ("amber", "paper", TEXT),
    ("on-denim", "denim", TEXT),
    ("on-denim-soft", "denim", TEXT),
    *(("line-strong", ground, EDGE) for ground in ("paper", "cloth")),
    ("warp", "cloth", EDGE),
    ("warp", "linen", EDGE),
    ("madder", "cloth", EDGE),
]


def colour(name, mode):
    value = TOKENS[name]
    pair = re.match(r"light-dark\((#\w{6}), (#\w{6})\)", value)
    code = pair.group(1 if mode == "light" else 2) if pair else value
    return [int(code[n : n + 2], 16) / 255 for n in (1, 3, 5)]


def luminance(channels):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(front, back, least, mode):
    assert contrast(colour(front, mode), colour(back, mode)) >= least


def test_every_colour_is_a_token():
    """Colours are named once. Only the frame of the flag, drawn in SVG, has codes of its own."""
    loose = {
        path.name: found
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css"
        and (found := re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text()))
    }
    assert loose == {}


def test_every_token_used_exists():
    """Those that begin with w- are Wagtail's, in the admin."""
    sources = [path.read_text() for path in CSS.rglob("*.css")]
    declared = {name for text in sources for name in re.findall(r"--([\w-]+):", text)}
    used = {name for text in sources for name in re.findall(r"var\(--([\w-]+)", text)}
    assert {name for name in used - declared if not name.startswith("w-")} == set()


def test_styles_stay_small():
    assert sum(path.stat().st_size for path in CSS.glob("*.css")) < 45_000
