"""The copy of everything about a person: a ZIP with JSON for machines and a page for people."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core import privacy
from members.models import User

IN_MEMORY = 5 * 1024 * 1024


class Encoder(DjangoJSONEncoder):
    """Whatever a row holds has some text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


@contextmanager
def archive(user: User) -> Iterator[IO[bytes]]:
    """A temporary file with the ZIP, at its end: `<name>.json` for each holding, `index.html`, `files/`."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as packed:
        with (
            translation.override(user.language),
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped,
        ):
            sections = [_write(zipped, holding, user) for holding in privacy.registered()]
            page = render_to_string(
                "pages/members/copy.html",
                {
                    "sections": [section for section in sections if section],
                    "language": user.language,
                    "site_name": settings.SITE_NAME,
                    "now": timezone.now(),
                },
            )
            zipped.writestr("index.html", page)
        packed.seek(0, 2)
        yield packed


def _write(zipped: zipfile.ZipFile, holding: privacy.Holding, user: User) -> dict[str, Any] | None:
    """Add one holding; what the page shows of it, or None where there is nothing."""
    rows = [dict(row) for row in holding.rows(user)]
    files = [_add(zipped, holding.name, file) for file in holding.files(user) if file]
    kept = [name for name in files if name]
    if not rows and not kept:
        return None
    name = f"{holding.name}.json"
    zipped.writestr(name, json.dumps(rows, cls=Encoder, ensure_ascii=False, indent=1))
    shown = [[(key, _text(value)) for key, value in row.items()] for row in rows]
    return {"label": holding.label, "rows": shown, "file": name, "files": kept}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, cls=Encoder, ensure_ascii=False)


def _add(zipped: zipfile.ZipFile, folder: str, file: Any) -> str:
    """Add an uploaded file; its name in the ZIP, or nothing where it is gone from the storage."""
    name = f"files/{folder}/{PurePosixPath(file.name).name}"
    try:
        with file.storage.open(file.name) as opened:
            zipped.writestr(name, opened.read())
    except FileNotFoundError:
        return ""
    return name
