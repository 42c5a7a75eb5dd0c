"""What contributions hold about a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from contributions import actions
from contributions.models import Contribution, Picture
from core.privacy import Holding, register, values


def _pictures(user: Any) -> Iterable[FieldFile]:
    return [row.file for row in Picture.objects.filter(contribution__contributor=user)]


register(
    Holding(
        name="contributions",
        label=_("What you proposed"),
        links=("contributions.Contribution.contributor",),
        rows=values(
            Contribution,
            "contributor",
            *("kind", "title", "summary", "language", "organisation__name", "content"),
            *("state", "naming", "created_at", "agreed_at"),
        ),
        files=_pictures,
        erase=lambda user: actions.forget_person(user=user),
    ),
)
