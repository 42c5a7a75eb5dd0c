"""Mail about requests for contact, for those who want it.

None holds an address or a number: these are on the site only.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.mail import send_templated
from members.models import ContactRequest, User
from members.states import ContactState

TEMPLATE = "emails/members/contact"


def contact_asked(request: ContactRequest) -> None:
    """Tell a member who asks for contact, and what about."""
    subject = _("%(name)s asks you for contact")
    _tell(request, request.recipient, request.sender, subject, text=request.message)


def contact_reminded(request: ContactRequest) -> None:
    """Ask once more for an answer."""
    subject = _("%(name)s still waits for your answer")
    _tell(request, request.recipient, request.sender, subject, text=request.message)


def contact_answered(request: ContactRequest) -> None:
    """Tell who asked what the answer is."""
    subject = (
        _("You are in contact with %(name)s")
        if request.state == ContactState.ACCEPTED
        else _("%(name)s has declined your request for contact")
    )
    _tell(request, request.sender, request.recipient, subject, text=request.answer)


def contact_closed(request: ContactRequest) -> None:
    """Tell both that the time for an answer is over."""
    subject = _("The request for contact with %(name)s is closed: no answer in 15 working days")
    _tell(request, request.sender, request.recipient, subject)
    _tell(request, request.recipient, request.sender, subject)


def _tell(request: ContactRequest, person: User, other: User, subject: Any, text: str = "") -> None:
    if not (person.is_active and other.is_active and person.profile.contact_mail):
        return
    with translation.override(person.language):
        context = {
            "user": person,
            "subject": str(subject) % {"name": other.name or _("Member")},
            "about": request.about,
            "text": text,
            "path": reverse("members:contact", args=[request.pk]),
            "stop_path": reverse("members:contact_mail"),
        }
    send_templated(template=TEMPLATE, to=person.email, language=person.language, context=context)
