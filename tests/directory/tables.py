"""Files with organisations, for tests."""

import csv
import io

from openpyxl import Workbook

from directory.models import Organisation
from directory.tables.columns import columns
from directory.tables.files import read, written
from directory.tables.resource import OrganisationResource

GOOD = {"name": "Fiação Nova", "type": "sme", "country": "PT"}


def as_csv(*rows, between=","):
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, delimiter=between, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def run(actor, content, *, changes=False, dry_run=False):
    table = read(content)
    resource = OrganisationResource(actor=actor, changes_existing=changes)
    return resource.run(table.dataset, table.numbers, dry_run=dry_run)


def rows_in(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def everything():
    """All that a file can change, and who did what."""
    names = [column.name for column in columns()]
    keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    return [[row[name] for name in names] for row in rows_in(written("csv", keys))]


FULL = GOOD | {
    "legal_name": "Fiação Nova, Lda.",
    "town": "braga",
    "language_of_texts": "PT",
    "summary": "Fia linho.",
    "description": "Primeira linha.\nSegunda linha.",
    "value_chains": "circular_economy, fashion_textile",
    "roles": "yarn; fabric",
    "circular_strategies": "recycling",
    "offers": "spinning: Linho e cânhamo\nsorting",
    "seeks": "weaving; finishing",
    "nace": "13.10",
    "languages": "pt en",
    "certifications": "GOTS",
    "exports_to": "es; FR",
    "staff": "12",
    "turnover": "1,5",
    "founded": "1987",
    "website": "fiacao.example",
    "links": "Loja https://loja.example\nhttps://blog.example",
    "contact_email": "vendas@example.org",
}
