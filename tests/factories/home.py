"""Standard pages, sections and images for tests."""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.images.tests.utils import get_test_image_file

from core.models import CustomImage
from home.models import SectionIndexPage, StandardPage


def make_page(parent, title="About us", *, model=StandardPage, live=True, **fields):
    """A standard page below `parent`, in its language; published with a revision where live."""
    fields.setdefault("slug", slugify(title))
    page = parent.add_child(instance=model(title=title, live=live, locale=parent.locale, **fields))
    revision = page.save_revision()
    if live:
        revision.publish()
    return model.objects.get(pk=page.pk)


def make_section(parent, title="Section", **fields):
    """A section below `parent`."""
    return make_page(parent, title, model=SectionIndexPage, **fields)


def make_image(title="Weave", **fields):
    """An image with an alternative text."""
    if not fields.get("is_decorative"):
        fields.setdefault("description", "A plain weave in two colours")
    file = get_test_image_file(filename=f"{slugify(title)}.png", size=(640, 480))
    return CustomImage.objects.create(title=title, file=file, **fields)


def restrict(page):
    """Leave a page to members."""
    page.view_restrictions.create(restriction_type="login")
    return page
