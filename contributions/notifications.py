"""Mail to contributors, at every change of state and before the end, in their language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from contributions.models import Contribution
from core.mail import send_templated

TEMPLATE = "emails/contributions/told"


def sent(contribution: Contribution) -> None:
    """Say that the editors have it."""
    _tell(contribution, _("The editors have your proposal"))


def changes_asked(contribution: Contribution, comment: str) -> None:
    """Say what the editors ask for."""
    _tell(contribution, _("The editors ask you to change your proposal"), comment)


def published(contribution: Contribution, page: Page) -> None:
    """Say where everybody can read it."""
    _tell(contribution, _("Your proposal is published"), url=page.full_url or "")


def declined(contribution: Contribution, reason: str) -> None:
    """Say that it will not be published, and why."""
    _tell(contribution, _("Your proposal will not be published"), reason)


def ends_soon(contribution: Contribution, day: datetime) -> bool:
    """Say on which day it is deleted if nothing changes; whether there was anybody to tell."""
    person = contribution.contributor
    with translation.override(person.language if person else None):
        text = _(
            "Nobody has changed it for a long time. It is deleted on %(day)s, with its pictures. With"
            " every change it is kept for a year longer."
        ) % {"day": date_format(localtime(day))}
    return _tell(contribution, _("Your proposal will be deleted soon"), text)


def _tell(contribution: Contribution, subject: Any, text: str = "", url: str = "") -> bool:
    person = contribution.contributor
    if person is None or not person.is_active:
        return False
    with translation.override(person.language):
        path = reverse("contributions:contribution", args=[contribution.key])
        words = str(subject)
    send_templated(
        template=TEMPLATE,
        to=person.email,
        language=person.language,
        context={
            "name": person.name,
            "subject": words,
            "title": contribution.title,
            "text": text,
            "url": url or f"{settings.WAGTAILADMIN_BASE_URL}{path}",
        },
    )
    return True
