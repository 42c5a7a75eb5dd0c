"""Whether a file is a PDF by what it holds, not by what it is called."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
# ISO 32000 lets readers look for the end in the last kilobyte.
TAIL = 1024
END = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z")
TABLE = re.compile(rb"\s*(?:xref\b|[0-9]+\s+[0-9]+\s+obj\b)")


def is_pdf(upload: UploadedFile) -> bool:
    """Whether the file begins as a PDF does."""
    upload.seek(0)
    return HEADER.match(upload.read(16)) is not None


def check(upload: UploadedFile, *, max_bytes: int) -> None:
    """Refuse what is no whole PDF.

    The header stands at the very beginning, so that the file cannot be of another kind as well; the
    end names the place of the cross-reference table, and the table is there. Raises
    ValidationError, worded for the field.
    """
    size = upload.size or 0
    if size > max_bytes:
        raise ValidationError(
            _("The file is larger than %(size)s.") % {"size": filesizeformat(max_bytes)},
            code="too_large",
        )
    upload.seek(max(0, size - TAIL))
    end = END.search(upload.read())
    if not is_pdf(upload) or end is None or int(end[1]) >= size:
        raise _broken()
    upload.seek(int(end[1]))
    if TABLE.match(upload.read(64)) is None:
        raise _broken()
    upload.seek(0)


def _broken() -> ValidationError:
    return ValidationError(_("This is not a PDF file that we can read."), code="not_a_pdf")
