"""Images in a text: one with a caption, or several side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

if TYPE_CHECKING:
    from core.models import CustomImage


def _some_images(number: int) -> list[CustomImage]:
    from core.models import CustomImage

    return list(CustomImage.objects.order_by("pk")[:number])


def _figure_preview() -> dict[str, Any]:
    return {
        "image": next(iter(_some_images(1)), None),
        "caption": "One scanner for eleven workshops",
    }


def _gallery_preview() -> dict[str, Any]:
    return {"images": _some_images(3)}


class FigureBlock(StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = CharBlock(
        max_length=255,
        required=False,
        label=_("Alternative text in this place"),
        help_text=_(
            "Only where the image shows something else here than its own description says."
        ),
    )
    caption = CharBlock(max_length=255, required=False, label=_("Caption"))

    class Meta:
        template = "blocks/figure.html"
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        description = _("One image across the text, with a caption and its credit.")
        preview_value = staticmethod(_figure_preview)


class GalleryBlock(StructBlock):
    images = ListBlock(
        ImageChooserBlock(label=_("Image")), min_num=2, max_num=12, label=_("Images")
    )

    class Meta:
        template = "blocks/gallery.html"
        icon = "image"
        label = _("Gallery")
        description = _("Two to twelve images side by side, each with its credit.")
        preview_value = staticmethod(_gallery_preview)
