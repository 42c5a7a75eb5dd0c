"""Tables with a caption, a header row, and numbers that line up."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail_localize.segments import StringSegmentValue


class TableBlock(TypedTableBlock):
    """The first column names the rows where it holds text."""

    text = CharBlock(required=False, label=_("Text"))
    number = DecimalBlock(required=False, label=_("Number"))

    def clean(self, value: TypedTable) -> TypedTable:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not (cleaned.caption or "").strip():
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(_("Say in the caption what the table shows."))]
            )
        return cleaned

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        """The caption, headings and text cells; their paths name the place in the table."""
        segments = [StringSegmentValue("caption", value.caption or "")]
        for number, column in enumerate(value.columns):
            segments.append(StringSegmentValue(f"heading-{number}", column["heading"] or ""))
            if column["block"].name == "text":
                segments.extend(
                    StringSegmentValue(f"cell-{row}-{number}", data["values"][number] or "")
                    for row, data in enumerate(value.row_data)
                )
        return segments

    def restore_translated_segments(
        self, value: TypedTable, segments: list[StringSegmentValue]
    ) -> TypedTable:
        """The same table with the translated texts in their places."""
        texts: dict[str, str] = defaultdict(str)
        texts.update((segment.path, segment.render_text()) for segment in segments)
        columns: list[dict[str, Any]] = [
            {**column, "heading": texts[f"heading-{number}"]}
            for number, column in enumerate(value.columns)
        ]
        rows = [
            {
                "values": [
                    texts[f"cell-{row}-{number}"] if column["block"].name == "text" else cell
                    for number, (column, cell) in enumerate(
                        zip(value.columns, data["values"], strict=True)
                    )
                ]
            }
            for row, data in enumerate(value.row_data)
        ]
        return TypedTable(columns=columns, row_data=rows, caption=texts["caption"])

    class Meta:
        template = "blocks/table.html"
        icon = "table"
        label = _("Table")
        description = _("Rows and columns with a caption; wide tables scroll by themselves.")
        preview_value = {
            "caption": "Weights by fibre, tonnes a year",
            "columns": [
                {"type": "text", "heading": "Fibre"},
                {"type": "number", "heading": "Before"},
                {"type": "number", "heading": "After"},
            ],
            "rows": [
                {"values": ["Wool", "31.5", "8"]},
                {"values": ["Cotton", "20", "5"]},
            ],
        }
