"""A profile as its page draws it: only of parts that the reader sees."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from directory.labels import labels
from directory.models import Country, OrganisationRole
from directory.states import PUBLIC
from members.models import Profile, User
from members.parts import Part


def shown(profile: Profile, seen: frozenset[Part]) -> dict[str, Any]:
    """The context of a profile: `seen` comes of `members.visibility`, and nothing else enters."""

    def of(part: Part, value: Any) -> Any:
        return value if part in seen else None

    user = profile.user
    names = dict(settings.LANGUAGES)
    spoken = [names.get(code, code) for code in profile.languages]
    return {
        "person": user,
        "name": user.name or _("Member"),
        "badge": _("Sample") if user.is_sample else "",
        "picture": of(Part.PICTURE, profile.avatar),
        "lead": ", ".join(
            text
            for text in (
                of(Part.POSITION, profile.position),
                of(Part.ORGANISATION, profile.organisation),
            )
            if text
        ),
        "facts": [
            {"label": _("Place"), "value": of(Part.PLACE, _place(profile))},
            {"label": _("Languages"), "value": of(Part.LANGUAGES, ", ".join(spoken))},
        ],
        "bio": of(Part.BIO, profile.bio),
        "links": of(Part.LINKS, profile.links),
        "roles": roles_of(user) if Part.ROLES in seen else [],
        **details(profile, seen),
        "is_indexed": profile.visibility.get(Part.PAGE) == "public",
    }


def details(profile: Profile, seen: frozenset[Part]) -> dict[str, Any]:
    """{email, telephone} of those that are seen."""
    return {
        "email": profile.user.email if Part.EMAIL in seen else "",
        "telephone": profile.telephone if Part.TELEPHONE in seen else "",
    }


def roles_of(user: User) -> list[OrganisationRole]:
    """A person's roles in organisations that everybody may read, by name."""
    roles = OrganisationRole.objects.filter(user=user, organisation__state__in=PUBLIC)
    return list(roles.select_related("organisation").order_by("organisation__name", "pk"))


def _place(profile: Profile) -> str:
    country = labels(Country).get(profile.country_id or "", "")
    return ", ".join(part for part in (profile.town, country) if part)
