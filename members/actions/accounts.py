"""What changes an account: registered, profile edited."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from core import generation
from core.files import delete_after_commit
from directory.models import Country
from members.actions.privacy import agree
from members.models import ConsentText, Profile, Purpose, User


@transaction.atomic
def register(*, user: User, name: str, country: str, language: str) -> Profile:
    """Store a new account with its profile and what it agreed to; it is no member yet.

    `user` has its address and password set and is not saved yet; `country` is a code or empty.
    The text agreed to is the privacy notice in force at this moment.
    """
    user.name = name
    user.language = language
    user.email = user.email.lower()
    user.save()
    text = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
    if text is not None:
        agree(user=user, text=text, language=language)
    return Profile.objects.create(user=user, country_id=country or None, languages=[language])


@transaction.atomic
def update_profile(
    *,
    profile: Profile,
    name: str,
    language: str,
    country: Country | None,
    languages: Sequence[str],
    bio: str,
    avatar: ContentFile | None = None,
    remove_avatar: bool = False,
    organisation: str | None = None,
) -> None:
    """Store what a member says about themselves; the old picture goes when it is replaced.

    `organisation` is a text of those without a role in one; None leaves it.
    """
    old = profile.avatar.name
    user = profile.user
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    profile.country = country
    profile.languages, profile.bio = list(languages), bio
    # What is chosen on other pages may have changed since this row was read.
    written = ["country", "languages", "bio"]
    if organisation is not None:
        profile.organisation = organisation
        written.append("organisation")
    if avatar is not None:
        profile.avatar.save(f"{uuid.uuid4().hex}.webp", avatar, save=False)
    elif remove_avatar:
        profile.avatar = ""
    if profile.avatar.name != old:
        written.append("avatar")
    profile.save(update_fields=written)
    if profile.avatar.name != old:
        delete_after_commit(profile.avatar.storage, old)
    generation.bump()
