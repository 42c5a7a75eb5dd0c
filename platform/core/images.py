"""Pictures that members upload: looked at, drawn anew, never kept as they came."""

from __future__ import annotations

import io
import warnings

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
QUALITY = 85


def reencoded(upload: UploadedFile, *, longest_side: int, max_bytes: int) -> ContentFile:
    """A WebP of at most `longest_side` pixels, without metadata, turned the right way up.

    Raises ValidationError, worded for the field, for a file of more than `max_bytes`, for what is
    no picture in one of FORMATS (SVG can hold scripts), for more than MAX_IMAGE_PIXELS pixels, and
    for a broken file.
    """
    if (upload.size or 0) > max_bytes:
        raise ValidationError(
            _("The picture is larger than %(size)s.") % {"size": filesizeformat(max_bytes)},
            code="too_large",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload.seek(0)
            picture: Image.Image = Image.open(upload, formats=FORMATS)
            # The header alone tells the size: nothing is unpacked before it is known.
            if picture.width * picture.height > settings.MAX_IMAGE_PIXELS:
                raise ValidationError(_("The picture has too many pixels."), code="too_many_pixels")
            picture = ImageOps.exif_transpose(picture)
            picture.thumbnail((longest_side, longest_side))
            mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
            clean = Image.new(mode, picture.size)
            clean.paste(picture.convert(mode))
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("The picture has too many pixels."), code="too_many_pixels"
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _("This is not a picture we can read. Use JPEG, PNG, WebP, GIF or AVIF."),
            code="not_a_picture",
        ) from error
    target = io.BytesIO()
    clean.save(target, "WEBP", quality=QUALITY)
    return ContentFile(target.getvalue())
