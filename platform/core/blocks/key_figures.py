"""Numbers that stand out, each with its unit and its source."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, URLBlock


class KeyFigureBlock(StructBlock):
    value = CharBlock(
        max_length=20, label=_("Value"), help_text=_("As it should be read, such as 1,200 or 38 %.")
    )
    unit = CharBlock(max_length=30, required=False, label=_("Unit"))
    label = CharBlock(max_length=120, label=_("What it counts"))
    source = CharBlock(max_length=150, label=_("Source"))
    source_url = URLBlock(required=False, label=_("Address of the source"))

    class Meta:
        template = "blocks/key_figure.html"
        icon = "decimal"
        label = _("Key figure")
        label_format = "{value} {unit} {label}"
        description = _("One number with its unit, what it counts, and where it comes from.")
        preview_value = {
            "value": "38",
            "unit": "t",
            "label": "of cuttings kept from the fire",
            "source": "Own weighing",
        }


class KeyFiguresBlock(ListBlock):
    """Written without arguments in a stream: it knows its own child."""

    def __init__(self, child_block: object = KeyFigureBlock, **kwargs: object) -> None:
        super().__init__(child_block, **kwargs)

    class Meta:
        template = "blocks/key_figures.html"
        icon = "decimal"
        label = _("Key figures")
        description = _("Up to six numbers in a row, each with unit and source.")
        min_num = 1
        max_num = 6
        collapsed = True
        preview_value = [
            {
                "value": "38",
                "unit": "t",
                "label": "of cuttings kept from the fire",
                "source": "Own weighing",
            },
            {"value": "11", "unit": "", "label": "workshops share a machine", "source": "Minutes"},
        ]
