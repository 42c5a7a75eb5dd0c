"""A proposal as the page it will be, with pictures that only its readers can fetch."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import Storage
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.models import Page

from contributions import composition
from contributions.models import Contribution, Picture
from core.contributable import Illustration
from core.models import CustomImage
from core.models.media import CustomRendition


class OneAddress(Storage):
    """Stands for the storage of a picture whose only address is that of our view."""

    def __init__(self, address: str) -> None:
        self.address = address

    def url(self, name: str | None) -> str:
        return self.address


def rendered(contribution: Contribution, request: HttpRequest) -> str:
    """The HTML of the page as it will look; nothing is stored. Raises Incomplete, NowhereToStand."""
    parent, page = composition.page_of(contribution)
    if page.pk is None:
        page.slug = "preview"
        page.depth = parent.depth + 1
        page.path = Page._get_children_path_interval(parent.path)[1]
        page.set_url_path(parent)
    pictures = [
        Illustration(image=stand_in(picture), caption=picture.caption)
        for picture in contribution.pictures.all()
    ]
    if pictures:
        composition.kind_of(contribution).illustrate(page, pictures)
    # Templates and contexts of pages ask for this; the policy of the answer stays the strict one.
    request.is_preview = True  # type: ignore[attr-defined]
    try:
        return render_to_string(page.get_template(request), page.get_context(request), request)
    finally:
        request.is_preview = False  # type: ignore[attr-defined]


def stand_in(picture: Picture) -> CustomImage:
    """An image of the site, not saved, whose every rendition is the picture as it is."""
    image = CustomImage(
        title=picture.alt,
        description=picture.alt,
        is_decorative=picture.is_decorative,
        credit=picture.credit,
        licence=picture.licence,
        width=picture.width,
        height=picture.height,
    )
    shown = CustomRendition(image=image, width=picture.width, height=picture.height)
    shown.file.name = picture.file.name
    shown.file.storage = OneAddress(picture.url)

    def one(_spec: Any) -> CustomRendition:
        return shown

    def several(*specs: Any) -> dict[str, CustomRendition]:
        return {getattr(spec, "spec", spec): shown for spec in specs}

    image.get_rendition, image.get_renditions = one, several
    return image
