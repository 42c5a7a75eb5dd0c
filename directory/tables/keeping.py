"""The file between the dry run and the import: private, for a day, and for whoever sent it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.utils import timezone

from core.files import private_storage

FOLDER = "directory-imports"
SALT = "directory.import"
KEPT = timedelta(days=1)


def keep(content: bytes, user: Any, *, changes_existing: bool) -> str:
    """Store a file that was judged; the word that `fetch` takes for it."""
    name = private_storage().save(f"{FOLDER}/{uuid.uuid4().hex}", ContentFile(content))
    told = {"name": name, "user": user.pk, "changes": changes_existing}
    return signing.dumps(told, salt=SALT)


def fetch(word: str, user: Any) -> tuple[str, bytes, bool] | None:
    """(name, content, whether what is there may be changed); None for a word that no longer holds."""
    try:
        told = signing.loads(word, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    if told["user"] != user.pk:
        return None
    try:
        with private_storage().open(told["name"]) as file:
            return told["name"], file.read(), told["changes"]
    except FileNotFoundError:
        return None


def forget(name: str) -> None:
    """Delete a file that was imported."""
    private_storage().delete(name)


def forget_old() -> int:
    """Delete the files that nobody imported within a day; how many there were."""
    storage = private_storage()
    try:
        _folders, files = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    old = timezone.now() - KEPT
    names = [f"{FOLDER}/{file}" for file in files]
    gone = [name for name in names if storage.get_modified_time(name) < old]
    for name in gone:
        storage.delete(name)
    return len(gone)
