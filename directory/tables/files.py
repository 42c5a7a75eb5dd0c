"""Files with a table: read within limits, and written."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from tablib import Dataset

from directory.tables.cells import text_of
from directory.tables.columns import columns
from directory.tables.records import stored
from directory.tables.resource import OrganisationResource

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 100
# Empty ones between them included.
MOST_LINES = 20 * MOST_ROWS
WIDTH = 24
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Unreadable(Exception):
    """A file that cannot be read as a table; `str()` is a sentence for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold something, and for each the number that a spreadsheet shows beside it."""

    dataset: Dataset
    numbers: list[int]


def read(content: bytes) -> Table:
    """The table in a file, CSV (UTF-8) or XLSX; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is too large: 10 MB at most."))
    rows = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    try:
        return _table(rows)
    except csv.Error as error:
        raise Unreadable(_("This is not a table in CSV.")) from error


def _table(rows: Iterator[Sequence[Any]]) -> Table:
    headers = [text_of(value) for value in next(rows, ())]
    while headers and not headers[-1]:
        headers.pop()
    _check(headers)
    dataset, numbers, number = Dataset(headers=headers), [], 0
    for number, row in enumerate(rows, 2):
        if number > MOST_LINES:
            break
        if all(value is None or value == "" for value in row):
            continue
        if any(text_of(value) for value in row[len(headers) :]):
            told = _("Row %(row)d has more cells than the first row has names of columns.")
            raise Unreadable(told % {"row": number})
        cells = list(row[: len(headers)])
        dataset.append([*cells, *[""] * (len(headers) - len(cells))])
        numbers.append(number)
        if len(numbers) > MOST_ROWS:
            break
    if len(numbers) > MOST_ROWS or number > MOST_LINES:
        told = _("The file has too many rows: %(most)d at most.")
        raise Unreadable(told % {"most": MOST_ROWS})
    if not numbers:
        raise Unreadable(_("The file has no row below the names of the columns."))
    return Table(dataset, numbers)


def _check(headers: list[str]) -> None:
    known = [column.name for column in columns()]
    unknown = [name for name in headers if name not in known]
    if unknown:
        told = _("These columns are not known: %(names)s. The first row must name columns only.")
        shown = ", ".join(f"“{name[:40]}”" for name in unknown[:5])
        raise Unreadable(told % {"names": shown})
    twice = [name for name in known if headers.count(name) > 1]
    if twice:
        raise Unreadable(_("The column %(name)s stands there twice.") % {"name": twice[0]})
    if not {"slug", "name"} & set(headers):
        raise Unreadable(_("A file needs the column name or the column slug."))


def _csv(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = _("This is neither XLSX nor CSV in UTF-8. Save it as “CSV UTF-8”.")
        raise Unreadable(told) from error
    first = text.partition("\n")[0]
    # Spreadsheets part cells by a semicolon where numbers have commas.
    between = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=between)


def _xlsx(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("The file is too large: 10 MB at most."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
    except Unreadable:
        raise
    except Exception as error:
        # The library raises anything at a broken file.
        told = _("This file cannot be read as XLSX. Save it again with a spreadsheet.")
        raise Unreadable(told) from error


def written(kind: str, keys: Sequence[int]) -> bytes:
    """These organisations as a file of a kind of TYPES, in the columns that `read` knows."""
    resource = OrganisationResource()
    dataset = resource.export(queryset=stored(keys))
    if kind == "xlsx":
        return bytes(dataset.export("xlsx", column_width=WIDTH))
    # The mark tells spreadsheets that this is UTF-8.
    return b"\xef\xbb\xbf" + str(dataset.export("csv")).encode()
