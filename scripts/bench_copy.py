"""Rows by the hundred thousand: COPY into the tables of models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def copy(model: Any, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows of these fields into a model's table; every other field gets its default."""
    from django.db import connection

    names = columns.split()
    others = [
        field
        for field in model._meta.concrete_fields
        if field.attname not in names and not field.primary_key
    ]
    fixed = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    listed = ", ".join(
        f'"{column}"'
        for column in (
            *(model._meta.get_field(name).column for name in names),
            *(field.column for field in others),
        )
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN') as stream,
    ):
        for row in rows:
            stream.write_row((*row, *fixed))


def model_or_none(name: str) -> Any:
    """A model of the forum, or None where this installation has none of that name."""
    from django.apps import apps

    try:
        return apps.get_model("forum", name)
    except LookupError:
        return None
