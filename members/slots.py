"""What other apps' pages show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import slots
from directory.models import Organisation
from members.models import Profile
from members.parts import Part
from members.visibility import contacts_of, levels_of, visible_fields

MOST_PEOPLE = 24


def people_of(request: HttpRequest, *, organisation: Organisation) -> Mapping[str, Any] | None:
    """The people of an organisation who chose to be named on its page, of those whom this reader
    may know to belong to it; None without any."""
    reader = request.user
    found = (
        Profile.objects.showing(Part.ROLES, levels_of(reader), contacts_of(reader))
        .filter(is_listed=True, user__organisation_roles__organisation=organisation)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    people = [_person(profile, reader) for profile in found[:MOST_PEOPLE]]
    return {"people": people} if people else None


def _person(profile: Profile, reader: Any) -> dict[str, str]:
    seen = visible_fields(profile, reader, (Part.PAGE, Part.POSITION))
    return {
        "name": profile.user.name or _("Member"),
        "position": profile.position if Part.POSITION in seen else "",
        "url": reverse("members:person", args=[profile.user_id]) if Part.PAGE in seen else "",
    }


slots.register("organisation.more", people_of, template="pages/members/_slot_organisation.html")
