"""Lists of links that show only what the reader may see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from core.blocks.targets import TargetBlock, targets


class LinkBlock(TargetBlock):
    title = CharBlock(
        max_length=150,
        required=False,
        label=_("Title"),
        help_text=_("Empty: the title of the page."),
    )
    text = CharBlock(max_length=250, required=False, label=_("Text"))

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["items"] = _items([value], parent_context)
        return context

    class Meta:
        template = "blocks/links.html"
        icon = "link"
        label = _("Link")
        label_format = "{title}"
        description = _("A page of this site or an address elsewhere.")
        form_layout = ["page", "url", "title", "text"]
        preview_value = {"url": "https://www.example.org/", "title": "A sample page", "text": ""}


class LinksBlock(ListBlock):
    """Written without arguments in a stream: it knows its own child."""

    def __init__(self, child_block: object = LinkBlock, **kwargs: object) -> None:
        super().__init__(child_block, **kwargs)

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["items"] = _items(list(value), parent_context)
        return context

    class Meta:
        template = "blocks/links.html"
        icon = "link"
        label = _("Links")
        description = _(
            "Pages and addresses to go on from. Pages that a reader may not see are left out."
        )
        min_num = 1
        max_num = 12
        preview_value = [
            {
                "url": "https://www.example.org/",
                "title": "A sample page",
                "text": "What there is to find.",
            }
        ]


def _items(values: list[Any], parent_context: dict[str, Any] | None) -> list[dict[str, str]]:
    return [
        {"url": target.url, "title": target.title, "text": value.get("text") or ""}
        for value, target in zip(values, targets(values, parent_context), strict=True)
        if target is not None
    ]
