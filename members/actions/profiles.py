"""What a member says besides name and organisation, and whom it is shown to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from core import generation
from core.files import delete_after_commit
from members.models import Profile
from members.parts import Level, Part, level_of

ORDER = (Level.PUBLIC, Level.MEMBERS, Level.CONTACTS)


@transaction.atomic
def update_details(
    *, profile: Profile, position: str, town: str, telephone: str, links: Sequence[str]
) -> None:
    """Store what others may need to place or reach a member."""
    profile.position, profile.town, profile.telephone = position, town, telephone
    profile.links = list(links)
    profile.save(update_fields=["position", "town", "telephone", "links"])
    generation.bump()


@transaction.atomic
def choose_visibility(
    *,
    profile: Profile,
    levels: Mapping[Part, Level],
    accepts_requests: bool,
    is_listed: bool,
) -> None:
    """Store who sees what; parts that are not named stay as they are.

    A picture that fewer may see than before moves to an address that nobody knows yet.
    """
    before = level_of(profile.visibility, Part.PICTURE)
    profile.visibility = {
        str(part): str(levels.get(part, level_of(profile.visibility, part))) for part in Part
    }
    after = level_of(profile.visibility, Part.PICTURE)
    profile.accepts_requests, profile.is_listed = accepts_requests, is_listed
    if profile.avatar and ORDER.index(after) > ORDER.index(before):
        _move_picture(profile)
    profile.save(update_fields=["visibility", "accepts_requests", "is_listed", "avatar"])
    generation.bump()


def choose_mail(*, profile: Profile, contact_mail: bool) -> None:
    """Store whether mail tells a member of requests for contact; the site does in any case."""
    Profile.objects.filter(pk=profile.pk).update(contact_mail=contact_mail)
    profile.contact_mail = contact_mail


def _move_picture(profile: Profile) -> None:
    old = profile.avatar.name
    with profile.avatar.open("rb") as file:
        content = ContentFile(file.read())
    profile.avatar.save(f"{uuid.uuid4().hex}.webp", content, save=False)
    delete_after_commit(profile.avatar.storage, old)
