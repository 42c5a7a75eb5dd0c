"""What a reader sees of a profile: the one rule, which every page, list, file and entry asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from core.audiences import MEMBERS, STAFF, reader_tokens
from members.models import ContactRequest, Profile
from members.parts import OF_FORMER_MEMBERS, Level, Part, level_of
from members.querysets_people import ProfileQuerySet

ALL = tuple(Part)


def visible_fields(profile: Profile, reader: Any, only: Iterable[Part] = ALL) -> frozenset[Part]:
    """The parts of a profile, among those asked for, that this reader may see.

    People see all of their own. Of who is no member (any more) nothing is shown, but for the
    organisation beside what was written. Asks the database at most once for each reader, and only
    where a part is for contacts.
    """
    if getattr(reader, "pk", None) == profile.user_id:
        return frozenset(only)
    levels = levels_of(reader)
    return frozenset(
        part
        for part in _shown_at_all(profile, only)
        if (level := level_of(profile.visibility, part)) in levels
        or (level == Level.CONTACTS and profile.user_id in contacts_of(reader))
    )


def fields_for(
    profile: Profile, audience: frozenset[str], only: Iterable[Part] = ALL
) -> frozenset[Part]:
    """The parts that every reader sees who holds one of the tokens of `core.audiences`."""
    levels = {Level.PUBLIC}
    if audience <= {MEMBERS, STAFF}:
        levels.add(Level.MEMBERS)
    return fields_at(profile, levels, only)


def fields_at(
    profile: Profile, levels: Iterable[Level], only: Iterable[Part] = ALL
) -> frozenset[Part]:
    """The parts that stand at one of these levels: what such readers see."""
    wanted = frozenset(levels)
    shown = _shown_at_all(profile, only)
    return frozenset(part for part in shown if level_of(profile.visibility, part) in wanted)


def levels_of(reader: Any) -> frozenset[Level]:
    """The levels that this reader reads of anybody."""
    if MEMBERS in reader_tokens(reader):
        return frozenset({Level.PUBLIC, Level.MEMBERS})
    return frozenset({Level.PUBLIC})


def people_showing(part: Part, reader: Any) -> ProfileQuerySet:
    """The profiles of which this reader sees a part: `visible_fields` as a filter."""
    known = contacts_of(reader)
    if reader.is_authenticated:
        known |= {reader.pk}
    return Profile.objects.showing(part, levels_of(reader), known)


def contacts_of(reader: Any) -> frozenset[int]:
    """The keys of the accounts that are in contact with a reader, who is a member.

    Remembered on the user object, which lives as long as the request.
    """
    if not getattr(reader, "is_authenticated", False) or not reader.is_member:
        return frozenset()
    known: frozenset[int] | None = getattr(reader, "_contact_keys", None)
    if known is None:
        pairs = ContactRequest.objects.visible_to(reader).accepted().order_by()
        rows = pairs.values_list("sender_id", "recipient_id")
        known = frozenset(key for pair in rows for key in pair if key != reader.pk)
        reader._contact_keys = known
    return known


def byline(author: Any, reader: Any) -> dict[str, Any]:
    """What stands beside a text besides the name: {organisation, avatar, author_url}.

    An account that is gone, or has no profile, has none of them.
    """
    profile = getattr(author, "profile", None)
    if profile is None:
        return {"organisation": "", "avatar": None, "author_url": ""}
    seen = visible_fields(profile, reader, (Part.ORGANISATION, Part.PICTURE, Part.PAGE))
    return {
        "organisation": profile.organisation if Part.ORGANISATION in seen else "",
        "avatar": profile.avatar if Part.PICTURE in seen else None,
        "author_url": reverse("members:person", args=[profile.user_id])
        if Part.PAGE in seen and profile.user.is_member
        else "",
    }


def organisation_for(author: Any, audience: frozenset[str]) -> str:
    """The organisation that may stand in an entry of search with this audience, or nothing."""
    profile = getattr(author, "profile", None)
    if profile is None or not fields_for(profile, audience, (Part.ORGANISATION,)):
        return ""
    return str(profile.organisation)


def _shown_at_all(profile: Profile, only: Iterable[Part]) -> Iterable[Part]:
    return only if profile.user.is_member else OF_FORMER_MEMBERS.intersection(only)
