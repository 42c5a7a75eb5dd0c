"""What editors do to many documents at once, which sends no signal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from wagtail import hooks

from core.models import CustomDocument
from search import outbox


@hooks.register("after_bulk_action")
def write_documents(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> None:
    if action_type == "delete":
        return
    keys = [obj.pk for obj in objects if isinstance(obj, CustomDocument)]
    with transaction.atomic():
        for document in CustomDocument.objects.filter(pk__in=keys):
            outbox.write(document)
