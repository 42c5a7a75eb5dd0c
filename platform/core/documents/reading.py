"""Keep the text of each document beside it: read once for each file, in the background."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django_tasks import task

from core import searchable
from core.documents.extracting import Extracted, can_read, extract
from core.models import CustomDocument, DocumentText
from core.tasks import enqueue

logger = logging.getLogger(__name__)

State = DocumentText.State


def await_reading(document: CustomDocument) -> None:
    """Have a document read if its file is another one than was read; search forgets the old text."""
    name = document.file.name or ""
    with transaction.atomic():
        kept, is_new = DocumentText.objects.get_or_create(
            document=document, defaults={"file_name": name}
        )
        if not is_new and kept.file_name != name:
            kept.file_name, kept.is_waiting = name, True
            kept.save(update_fields=["file_name", "is_waiting"])
        # Whoever asks this very object next, gets what holds now.
        document.extracted = kept
        if kept.is_waiting:
            enqueue(read_document, document_id=document.pk)


@task()
def read_document(*, document_id: int) -> None:
    """Read a document that waits for it; a file that was read already is not read again."""
    kept = DocumentText.objects.filter(document_id=document_id, is_waiting=True)
    row = kept.select_related("document").first()
    if row is None:
        return
    extension = row.document.file_extension.lower()
    if not can_read(extension):
        _keep(row, "", Extracted(state=State.UNSUPPORTED))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document.{extension}"
        try:
            if row.document.file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
                _keep(row, "", Extracted(state=State.BEYOND, error="it is too large"))
                return
            with row.document.file.storage.open(row.file_name) as source, path.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        except OSError as error:
            _keep(row, "", Extracted(state=State.BROKEN, error=f"it can't be opened: {error}"))
            return
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        known = DocumentText.objects.exclude(state="").filter(file_hash=digest).first()
        if known is not None:
            found = Extracted(state=State(known.state), text=known.text, is_cut=known.is_cut)
        else:
            found = extract(path, extension)
        _keep(row, digest, found)


def read_waiting() -> None:
    """Read what still waits, such as documents that nobody has saved since they came."""
    for document in CustomDocument.objects.filter(extracted=None):
        await_reading(document)
    waiting = DocumentText.objects.filter(is_waiting=True)
    for key in waiting.values_list("document_id", flat=True):
        enqueue(read_document, document_id=key)


def _keep(row: DocumentText, digest: str, found: Extracted) -> None:
    """Keep what was found, unless the document has another file by now, and tell search."""
    if found.error:
        logger.warning("document %s can't be read: %s", row.document_id, found.error)
    with transaction.atomic():
        # Still the file that was read.
        now = Q(document__file=F("file_name"))
        is_kept = DocumentText.objects.filter(
            now, pk=row.pk, file_name=row.file_name, is_waiting=True
        ).update(
            state=found.state,
            text=found.text,
            is_cut=found.is_cut,
            file_hash=digest,
            is_waiting=False,
        )
        document = CustomDocument.objects.filter(pk=row.document_id).first()
        if is_kept and document is not None:
            searchable.changed(document)
