"""Where a link in a text leads: a page that this reader may read, or an address elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import PageChooserBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from core.audiences import may_read, page_tokens, visible_pages
from core.translations import locale_ids

PLACE = re.compile(r"/(?![/\\])[^\s\\]*")
_is_web_address = URLValidator(schemes=["http", "https"])


def validate_address(value: str) -> None:
    """Let pass https://… and a path of this site that begins with one slash."""
    if not PLACE.fullmatch(value):
        _is_web_address(value)


class AddressBlock(URLBlock):
    """An address elsewhere, or a place of this site that is no page, such as /forum/."""

    def __init__(self, *, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = forms.CharField(
            required=required,
            help_text=help_text,
            max_length=500,
            validators=[validate_address],
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A link that may be shown: `title` is the page's own where the editor gave none."""

    url: str
    title: str
    page: Page | None = None


def readable_pages(pages: Iterable[Page], user: Any) -> dict[int, Page]:
    """{pk: page to link to} for those that this reader may read.

    A page in another language than the active one gives way to its translation, where that exists
    and may be read as well. One query at most, whatever the number of pages.
    """
    chosen = list(pages)
    if not chosen:
        return {}
    active = locale_ids().get(get_language() or "")
    foreign = [page for page in chosen if active and page.locale_id != active]
    translated: dict[Any, Page] = {}
    if foreign:
        rows = Page.objects.filter(
            locale_id=active, translation_key__in={page.translation_key for page in foreign}
        )
        translated = {row.translation_key: row for row in visible_pages(rows, user)}
    found = {}
    for page in chosen:
        translation = translated.get(page.translation_key) if page.locale_id != active else None
        if translation is not None:
            found[page.pk] = translation
        elif page.live and may_read(user, page_tokens(page)):
            found[page.pk] = page
    return found


def targets(
    values: Iterable[Mapping[str, Any]], parent_context: Mapping[str, Any] | None
) -> list[Target | None]:
    """One target for each value with `page`, `url` and perhaps `title`; None: nothing to link to."""
    rows = list(values)
    request: HttpRequest | None = (parent_context or {}).get("request")
    user = getattr(request, "user", None) or AnonymousUser()
    readable = readable_pages([row["page"] for row in rows if row.get("page")], user)
    return [_target(row, readable, request) for row in rows]


def _target(
    row: Mapping[str, Any], readable: dict[int, Page], request: HttpRequest | None
) -> Target | None:
    title = row.get("title") or ""
    if row.get("page"):
        page = readable.get(row["page"].pk)
        url = page.get_url(request) if page else None
        return Target(url, title or page.title, page) if page and url else None
    if row.get("url"):
        return Target(_in_active_language(row["url"]), title or row["url"])
    return None


def _in_active_language(address: str) -> str:
    """A place of this site gets the language that the reader reads, unless it names one."""
    if not address.startswith("/") or address.split("/")[1] in dict(settings.LANGUAGES):
        return address
    return f"/{get_language() or settings.LANGUAGE_CODE}{address}"


class TargetBlock(StructBlock):
    """The base of all blocks that lead somewhere: a page or an address, never both, never neither."""

    page = PageChooserBlock(required=False, label=_("Page"))
    url = AddressBlock(
        required=False,
        label=_("Address"),
        help_text=_(
            "https://… elsewhere, or a place of this site that is no page, such as /forum/."
        ),
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            error = ValidationError(_("Choose a page or enter an address, one of the two."))
            raise StructBlockValidationError(block_errors={"page": error})
        return cleaned
