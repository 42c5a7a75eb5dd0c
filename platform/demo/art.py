"""Pictures of cloth, made by code: woven, knitted, printed and stitched, the same for the same seed.

The demo needs images that nobody has to be asked for. They are drawn with Pillow alone, from the site's palette.
"""

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from demo.patterns import KINDS, PALETTES, noise

__all__ = ["KINDS", "make_image"]


def make_image(seed: str, kind: str, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """Draw a piece of cloth.

    seed: any text; the same text gives the same picture. kind: one of KINDS. size: width and height in pixels.
    Raises KeyError for an unknown kind.
    """
    draw = KINDS[kind]
    rng = Random(f"{kind}:{seed}")
    work = (size[0] * 3 // 4, size[1] * 3 // 4)
    cloth = draw(rng, work, rng.choice(PALETTES))
    return _light(rng, _drape(rng, cloth)).resize(size, Image.Resampling.BICUBIC)


def _drape(rng: Random, cloth: Image.Image) -> Image.Image:
    """Let the cloth hang a little: threads bend, nothing is cut off."""
    width, height = cloth.size
    across, down, reach = 10, 7, width / 60
    phase, turns = rng.uniform(0, 2 * pi), rng.uniform(0.5, 1.1)

    def moved(column: int, row: int) -> tuple[float, float]:
        x, y = column / across, row / down
        shift_x = reach * (1 + sin(phase + turns * pi * (x + 2 * y)))
        shift_y = reach * (1 + cos(phase + turns * pi * (2 * x + y)))
        return x * (width - 1 - 2 * reach) + shift_x, y * (height - 1 - 2 * reach) + shift_y

    mesh = []
    for row in range(down):
        for column in range(across):
            box = (column * width // across, row * height // down)
            box += ((column + 1) * width // across, (row + 1) * height // down)
            corners = [
                moved(column, row),
                moved(column, row + 1),
                moved(column + 1, row + 1),
                moved(column + 1, row),
            ]
            mesh.append((box, tuple(value for corner in corners for value in corner)))
    return cloth.transform(cloth.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _light(rng: Random, cloth: Image.Image) -> Image.Image:
    """Light from one side, soft folds, a fine grain, and a far corner out of focus."""
    folds = noise(rng, rng.choice(((7, 2), (2, 5), (5, 3))), 196, 255).resize(
        cloth.size, Image.Resampling.BICUBIC
    )
    grain = noise(rng, cloth.size, 232, 255)
    lit = ImageChops.multiply(cloth, ImageChops.multiply(folds, grain).convert("RGB"))
    side = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize(cloth.size)
    lit = ImageEnhance.Color(lit).enhance(1.15)
    bright = lit.point(lambda level: min(255, int(level * 1.5) + 8))
    lit = Image.composite(bright, lit, side.point(lambda level: 90 + level * 165 // 255))
    focus = (
        Image.radial_gradient("L").resize(cloth.size).point(lambda level: max(0, level - 140) * 2)
    )
    return Image.composite(lit.filter(ImageFilter.BoxBlur(2)), lit, focus)
