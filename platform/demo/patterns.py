"""How each kind of cloth is drawn: flat, in full light. `art` lets it hang and lights it."""

from collections.abc import Callable
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Colour = tuple[int, int, int]
Draft = tuple[str, ...]

COTTON: Colour = (240, 237, 228)
LINEN: Colour = (206, 198, 180)
WOAD: Colour = (47, 82, 150)
INDIGO: Colour = (27, 44, 88)
MADDER: Colour = (170, 56, 48)
ROSE: Colour = (214, 152, 140)
WELD: Colour = (219, 177, 71)
GREEN: Colour = (58, 112, 84)
WALNUT: Colour = (92, 68, 54)
INK: Colour = (34, 38, 48)

PALETTES: tuple[tuple[Colour, ...], ...] = (
    (INDIGO, COTTON, WOAD),
    (MADDER, LINEN, WALNUT),
    (WELD, COTTON, GREEN),
    (WOAD, LINEN, MADDER),
    (GREEN, COTTON, INDIGO),
    (ROSE, COTTON, MADDER),
    (INK, LINEN, WELD),
    (WALNUT, COTTON, WOAD),
)

# One repeat of each weave; x: the warp lies on top.
DRAFTS: dict[str, Draft] = {
    "plain": ("x.", ".x"),
    "basket": ("xx..", "xx..", "..xx", "..xx"),
    "twill": ("xx..", ".xx.", "..xx", "x..x"),
    "herringbone": (
        "xx..xx..x..xx..x",
        ".xx..xx..xx..xx.",
        "..xx..xxxx..xx..",
        "x..xx..xx..xx..x",
    ),
}


def noise(rng: Random, size: tuple[int, int], low: int, high: int) -> Image.Image:
    """Grey noise between two levels."""
    image = Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
    return image.point([low + (high - low) * level // 255 for level in range(256)])


def _stripes(rng: Random, threads: int, colours: tuple[Colour, ...]) -> list[Colour]:
    """The colour of each thread: bands of one colour, with a narrow band of another now and then."""
    ground, second, accent = colours
    bands = rng.choice(((12, 12), (30, 6), (1, 1), (48, 3), (8, 24)))
    order: list[Colour] = []
    while len(order) < threads:
        order += [ground] * bands[0] + [second] * bands[1]
        if rng.random() < 0.25:
            order += [accent] * rng.choice((2, 4))
    return order[:threads]


def _yarns(
    rng: Random, colours: list[Colour], size: tuple[int, int], *, upright: bool
) -> Image.Image:
    """Parallel threads across the whole picture, each uneven along its length."""
    line = Image.new("RGB", (len(colours), 1))
    line.putdata(colours)
    slubs = noise(rng, (len(colours), 24), 214, 255)
    if not upright:
        line, slubs = (
            line.transpose(Image.Transpose.ROTATE_90),
            slubs.transpose(Image.Transpose.ROTATE_90),
        )
    uneven = slubs.resize(size, Image.Resampling.BILINEAR).convert("RGB")
    return ImageChops.multiply(line.resize(size, Image.Resampling.NEAREST), uneven)


def _cell(pixels: int, at: tuple[float, float], *, upright: bool) -> Image.Image:
    """One crossing as grey: round across the thread, darker where it dives under at either end of its float."""
    image = Image.new("L", (pixels, pixels))
    start, end = at
    for y in range(pixels):
        for x in range(pixels):
            across, along = (x, y) if upright else (y, x)
            place = start + (end - start) * (along + 0.5) / pixels
            level = sin(pi * (across + 0.5) / pixels) ** 0.55 * (
                0.45 + 0.55 * sin(pi * place) ** 0.6
            )
            image.putpixel((x, y), int(88 + 167 * level))
    return image


def _float(draft: Draft, row: int, column: int, *, upright: bool) -> tuple[float, float]:
    """Which part of its float a crossing is, as fractions from 0 to 1."""
    own = draft[row][column]
    count = len(draft) if upright else len(draft[0])

    def same(step: int) -> bool:
        line, place = ((row + step) % count, column) if upright else (row, (column + step) % count)
        return draft[line][place] == own

    before = next((n for n in range(count) if not same(-n - 1)), 0)
    after = next((n for n in range(count) if not same(n + 1)), 0)
    length = before + after + 1
    return before / length, (before + 1) / length


def _woven(name: str) -> Callable[[Random, tuple[int, int], tuple[Colour, ...]], Image.Image]:
    draft = DRAFTS[name]

    def draw(rng: Random, size: tuple[int, int], colours: tuple[Colour, ...]) -> Image.Image:
        pixels = rng.choice((10, 12, 15))
        return _weave(
            rng, draft, size, pixels, _stripes(rng, size[0] // pixels + 1, colours), [colours[1]]
        )

    return draw


def _weave(
    rng: Random,
    draft: Draft,
    size: tuple[int, int],
    pixels: int,
    warp: list[Colour],
    weft: list[Colour],
) -> Image.Image:
    """Cloth after a draft. pixels: the width of a thread. warp, weft: colours in order, repeated to fill."""
    columns, rows = size[0] // pixels + 1, size[1] // pixels + 1
    full = (columns * pixels, rows * pixels)
    repeat = (len(draft[0]) * pixels, len(draft) * pixels)
    shade, top = Image.new("L", repeat), Image.new("L", repeat)
    for row, line in enumerate(draft):
        for column, mark in enumerate(line):
            upright = mark == "x"
            cell = _cell(pixels, _float(draft, row, column, upright=upright), upright=upright)
            shade.paste(cell, (column * pixels, row * pixels))
            top.paste(
                255 if upright else 0,
                (column * pixels, row * pixels, (column + 1) * pixels, (row + 1) * pixels),
            )
    warps = _yarns(rng, [warp[n % len(warp)] for n in range(columns)], full, upright=True)
    wefts = _yarns(rng, [weft[n % len(weft)] for n in range(rows)], full, upright=False)
    cloth = Image.composite(warps, wefts, _tile(top, full))
    return ImageChops.multiply(cloth, _tile(shade, full).convert("RGB")).crop((0, 0, *size))


def _tile(piece: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Fill an area with copies of a piece, doubling what is there already."""
    area = Image.new(piece.mode, size)
    area.paste(piece, (0, 0))
    width, height = piece.size
    while width < size[0]:
        area.paste(area.crop((0, 0, width, height)), (width, 0))
        width *= 2
    width = size[0]
    while height < size[1]:
        area.paste(area.crop((0, 0, width, height)), (0, height))
        height *= 2
    return area


def _knitted(rng: Random, size: tuple[int, int], colours: tuple[Colour, ...]) -> Image.Image:
    """Stocking stitch with bands of a small motif, each stitch a V of two legs."""
    width, height = 26, 21
    stitches = [_stitch(width, height, colour) for colour in colours]
    ground = ImageOps.colorize(noise(rng, size, 20, 60), "black", "white")
    period, motif = rng.choice((6, 8, 10)), rng.choice((4, 7))
    for row in range(size[1] // height + 2):
        for column in range(size[0] // width + 1):
            band = (row // motif) % 3
            inside = (row % motif + column) % period < 2 or (row % motif - column) % period < 2
            legs, mask = stitches[band if inside and band else 0]
            ground.paste(legs, (column * width, row * height - height), mask)
    fuzz = noise(rng, size, 205, 255).filter(ImageFilter.BoxBlur(1))
    return ImageChops.multiply(ground, fuzz.convert("RGB"))


def _stitch(width: int, height: int, colour: Colour) -> tuple[Image.Image, Image.Image]:
    """One knitted stitch and its mask, drawn large and made small."""
    scale = 4
    leg = Image.new("L", (width * scale // 2, height * scale * 2))
    pen = ImageDraw.Draw(leg)
    for step in range(12):
        inset = step * leg.width // 26
        pen.ellipse(
            (inset, inset * 2, leg.width - 1 - inset, leg.height - 1 - inset * 2),
            fill=90 + step * 15,
        )
    lean = leg.rotate(-20, Image.Resampling.BICUBIC, expand=True).crop(
        leg.rotate(-20, expand=True).getbbox()
    )
    lean = lean.resize(
        (width * scale * 5 // 9, int(height * scale * 1.75)), Image.Resampling.BICUBIC
    )
    both = Image.new("L", (width * scale, lean.height))
    both.paste(lean, (0, 0), lean.point(lambda level: 255 if level > 60 else 0))
    right = ImageOps.mirror(lean)
    both.paste(
        right, (both.width - right.width, 0), right.point(lambda level: 255 if level > 60 else 0)
    )
    both = ImageOps.flip(both).resize((width, int(height * 1.75)), Image.Resampling.LANCZOS)
    dark = tuple(channel // 4 for channel in colour)
    return ImageOps.colorize(both, dark, colour), both.point(lambda level: min(255, level * 4))


def _printed(rng: Random, size: tuple[int, int], colours: tuple[Colour, ...]) -> Image.Image:
    """Block print on a fine plain weave: one motif in two dyes, thinner where the block pressed less."""
    cloth = _weave(rng, DRAFTS["plain"], size, 5, [COTTON], [LINEN])
    step = rng.choice((150, 180, 225))
    motif = rng.choice((_leaf, _moon, _sun))
    for dye, colour in enumerate((colours[0], colours[2])):
        block = Image.new("L", (step * 2, step * 2))
        for corner in ((0, 0), (1, 1)) if dye == 0 else ((1, 0), (0, 1)):
            motif(
                ImageDraw.Draw(block), (corner[0] * step, corner[1] * step), step, turned=dye == 1
            )
        block = block.resize((step, step), Image.Resampling.LANCZOS)
        worn = noise(rng, (size[0] // 3, size[1] // 3), 120, 255).resize(
            size, Image.Resampling.BILINEAR
        )
        mask = ImageChops.multiply(_tile(block, size), worn)
        cloth.paste(ImageChops.multiply(cloth, Image.new("RGB", size, colour)), (0, 0), mask)
    return cloth


def _leaf(pen: ImageDraw.ImageDraw, at: tuple[int, int], step: int, *, turned: bool) -> None:
    x, y = at
    for part in range(3):
        low = y + step * (0.08 + part * 0.3)
        side = step * 0.26
        for sign in (-1, 1):
            rise = -sign if turned else sign
            points = [
                (x + step / 2, low + side),
                (x + step / 2 + sign * side * 1.5, low + side * (0.5 - rise * 0.4)),
            ]
            points.append((x + step / 2 + sign * side * 0.35, low))
            pen.polygon(points, fill=255)


def _moon(pen: ImageDraw.ImageDraw, at: tuple[int, int], step: int, *, turned: bool) -> None:
    x, y = at
    start = 90 if turned else 270
    for ring in range(4):
        inset = step * (0.04 + ring * 0.11)
        box = (x + inset, y + inset, x + step - inset, y + step - inset)
        pen.arc(box, start, start + 180, fill=255, width=step // 20)


def _sun(pen: ImageDraw.ImageDraw, at: tuple[int, int], step: int, *, turned: bool) -> None:
    x, y = at[0] + step / 2, at[1] + step / 2
    rays = 8 if turned else 12
    for ray in range(rays):
        angle = 2 * pi * ray / rays
        ends = [
            (x + cos(angle) * step * reach, y + sin(angle) * step * reach) for reach in (0.2, 0.42)
        ]
        pen.line(ends, fill=255, width=step // 16)
    pen.ellipse((x - step * 0.12, y - step * 0.12, x + step * 0.12, y + step * 0.12), fill=255)


def _stitched(rng: Random, size: tuple[int, int], colours: tuple[Colour, ...]) -> Image.Image:
    """Running stitch in lines of waves or diamonds on a dark twill."""
    cloth = _weave(
        rng, DRAFTS["twill"], size, 6, [rng.choice((INDIGO, INK, WALNUT, GREEN))], [INDIGO, INK]
    )
    threads = Image.new("L", (size[0] * 2, size[1] * 2))
    pen = ImageDraw.Draw(threads)
    length, gap, rows = 38, 20, rng.choice((70, 84, 100))
    waves = rng.random() < 0.5
    for line in range(-4, threads.height // rows + 5):
        for place in range(0, threads.width, length + gap):
            ends = []
            for x in (place, place + length):
                turn = x * pi / (rows * 3)
                lift = sin(turn) if waves else abs((turn / pi) % 2 - 1) * 2 - 1
                ends.append((x, line * rows + lift * rows * (1 if line % 2 or waves else -1)))
            pen.line(ends, fill=255, width=11)
            for x, y in ends:
                pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=255)
    threads = threads.resize(size, Image.Resampling.LANCZOS)
    shadow = ImageChops.offset(threads, 2, 4).filter(ImageFilter.GaussianBlur(3))
    cloth.paste((8, 10, 16), (0, 0), shadow.point(lambda level: level * 3 // 4))
    floss = ImageChops.multiply(
        Image.new("RGB", size, rng.choice((COTTON, WELD, ROSE))),
        noise(rng, size, 200, 255).convert("RGB"),
    )
    cloth.paste(floss, (0, 0), threads)
    return cloth


KINDS: dict[str, Callable[[Random, tuple[int, int], tuple[Colour, ...]], Image.Image]] = {
    **{name: _woven(name) for name in DRAFTS},
    "knit": _knitted,
    "print": _printed,
    "stitch": _stitched,
}
