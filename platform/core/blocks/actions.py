"""What the reader can do next."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructValue

from core.blocks.targets import TargetBlock, targets


class CallToActionBlock(TargetBlock):
    text = CharBlock(max_length=200, label=_("Text"))
    label = CharBlock(max_length=60, label=_("Words on the button"))

    def get_context(
        self, value: StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["target"] = targets([value], parent_context)[0]
        return context

    class Meta:
        template = "blocks/call_to_action.html"
        icon = "arrow-right-full"
        label = _("Call to action")
        label_format = "{label}"
        description = _(
            "One sentence and one button. Readers who may not see the page see neither."
        )
        form_layout = ["text", "label", "page", "url"]
        preview_value = {
            "text": "Do you sort offcuts as well? Tell the others how.",
            "label": "Open the forum",
            "url": "https://www.example.org/",
        }
