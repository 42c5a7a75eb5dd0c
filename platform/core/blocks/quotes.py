"""What somebody said."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.blocks import TextBlock as PlainTextBlock


class QuoteBlock(StructBlock):
    text = PlainTextBlock(max_length=600, label=_("Text"))
    attribution = CharBlock(
        max_length=150,
        required=False,
        label=_("Who said it"),
        help_text=_("A name and what the person does, or an organisation."),
    )

    class Meta:
        template = "blocks/quote.html"
        icon = "openquote"
        label = _("Quote")
        label_format = "{attribution}: {text}"
        description = _("Somebody's own words, set large.")
        preview_value = {
            "text": "We stopped paying to have our yarn burnt.",
            "attribution": "A sample mill",
        }
