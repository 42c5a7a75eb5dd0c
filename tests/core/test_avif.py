"""AVIF through Willow, as renditions are made."""

from io import BytesIO

import pytest
from PIL import Image as Pillow
from willow.image import Image

from demo.art import make_image


def as_avif(picture, mode, **options):
    source, target = BytesIO(), BytesIO()
    picture.convert(mode).save(source, "TIFF" if mode == "CMYK" else "PNG")
    source.seek(0)
    Image.open(source).save_as_avif(target, **options)
    target.seek(0)
    return target


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK"])
def test_every_mode_becomes_a_readable_picture(mode):
    cloth = make_image("avif", "twill", (240, 160))
    with Pillow.open(as_avif(cloth, mode)) as made:
        assert made.format == "AVIF"
        assert made.size == (240, 160)


def test_quality_counts():
    cloth = make_image("avif", "twill", (240, 160))
    sizes = [len(as_avif(cloth, "RGB", quality=quality).getvalue()) for quality in (20, 60, 90)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


def test_lossless_keeps_every_pixel():
    cloth = make_image("avif", "plain", (120, 80))
    with Pillow.open(as_avif(cloth, "RGB", lossless=True)) as made:
        assert made.size == cloth.size
