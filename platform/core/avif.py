"""AVIF pictures, made while the first reader waits."""

from __future__ import annotations

from typing import IO

from willow.image import AvifImageFile
from willow.plugins.pillow import PillowImage
from willow.registry import registry

# Measured on woven cloth of 960 by 640 pixels: 1.8 s at the encoder's own speed, 0.15 s and a tenth more bytes at this one.
SPEED = 9
QUALITY = 60


def save_as_avif(
    image: PillowImage,
    f: IO[bytes],
    quality: int = QUALITY,
    lossless: bool = False,
    apply_optimizers: bool = True,
) -> AvifImageFile:
    """Willow's operation of the same name, with the encoder told to hurry. Lossless pictures go Willow's way."""
    if lossless:
        return PillowImage.save_as_avif(image, f, lossless=True, apply_optimizers=apply_optimizers)
    if image.image.mode == "CMYK":
        image = image.transform_colorspace_to_srgb()
    profile = image.get_icc_profile()
    options = {"icc_profile": profile} if profile else {}
    image.image.save(f, "AVIF", quality=quality, speed=SPEED, **options)
    return AvifImageFile(f)


def register() -> None:
    """Put this operation in the place of Willow's."""
    registry.register_operation(PillowImage, "save_as_avif", save_as_avif)
