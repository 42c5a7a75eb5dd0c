"""What other apps' pages show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import slots
from directory.models import Organisation
from members.forms_contact import MailForm
from members.models import ContactRequest, Profile
from members.parts import Part
from members.requests import user_of
from members.visibility import people_showing, visible_fields

MOST_PEOPLE = 24


def people_of(request: HttpRequest, *, organisation: Organisation) -> Mapping[str, Any] | None:
    """The people of an organisation who chose to be named on its page, of those whom this reader
    may know to belong to it; None without any."""
    reader = request.user
    found = (
        people_showing(Part.ROLES, reader)
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


def contacts(request: HttpRequest) -> Mapping[str, Any]:
    """The way to one's contacts, with the number of requests that wait for an answer."""
    own = ContactRequest.objects.visible_to(request.user).open()
    return {"waiting": own.filter(recipient=request.user.pk).count(), "path": request.path}


def mail_form(request: HttpRequest) -> Mapping[str, Any]:
    """The choice whether mail tells of requests for contact."""
    form = MailForm(instance=user_of(request).profile)
    return {"form": form, "heading": True}


slots.register("account.contacts", contacts, template="pages/members/_slot_account.html")
slots.register("account.notifications", mail_form, template="pages/members/_mail_form.html")
slots.register("organisation.more", people_of, template="pages/members/_slot_organisation.html")
