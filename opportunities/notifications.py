"""Mail about opportunities and interest in them, to those who write for the organisations concerned.

No mail holds a message or a contact: both stand on the site, behind the log-in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.mail import send_templated
from directory.models import Organisation, OrganisationRole
from opportunities.models import FollowUp, Interest, Opportunity
from opportunities.querysets import WRITERS
from opportunities.states import InterestState
from opportunities.vocabulary import Side

TEMPLATE = "emails/opportunities/told"


def ends_soon(opportunity: Opportunity) -> None:
    """Warn an opportunity's people of its end."""
    for person in writers(opportunity.organisation):
        with translation.override(person.language):
            text = str(
                _("It is open until %(day)s. Renew it if it still holds: nothing else is needed.")
            ) % {"day": date_format(opportunity.expires_on, "DATE_FORMAT")}
        _tell([person], _("Your opportunity ends soon"), opportunity, text, _edit(opportunity))


def expired(opportunity: Opportunity) -> None:
    """Tell an opportunity's people that it is off the site, and that it can come back."""
    _tell(
        writers(opportunity.organisation),
        _("Your opportunity has ended. It can be renewed"),
        opportunity,
        address=_edit(opportunity),
    )


def withdrawn(opportunity: Opportunity, reason: str) -> None:
    """Tell an opportunity's people why coordinators took it off the site."""
    _tell(
        writers(opportunity.organisation),
        _("The coordinators have taken your opportunity off the site"),
        opportunity,
        reason,
    )


def interest_sent(interest: Interest) -> None:
    """Tell an opportunity's people who is interested."""
    opportunity = interest.opportunity
    for person in writers(opportunity.organisation):
        with translation.override(person.language):
            text = str(
                _("%(organisation)s is interested. Please answer by %(day)s, be it yes or no.")
            ) % {
                "organisation": interest.organisation.name,
                "day": date_format(interest.remind_on, "DATE_FORMAT"),
            }
        _tell([person], _("Somebody is interested"), opportunity, text, _of(interest))


def interest_reminded(interest: Interest) -> None:
    """Ask an opportunity's people again for an answer."""
    opportunity = interest.opportunity
    for person in writers(opportunity.organisation):
        with translation.override(person.language):
            text = str(
                _(
                    "%(organisation)s waits for your answer. Without one the request is closed on"
                    " %(day)s."
                )
            ) % {
                "organisation": interest.organisation.name,
                "day": date_format(interest.close_on, "DATE_FORMAT"),
            }
        _tell([person], _("Please answer"), opportunity, text, _of(interest))


def interest_answered(interest: Interest) -> None:
    """Tell those who were interested what the answer is; where it stands, not what it says."""
    is_accepted = interest.state == InterestState.ACCEPTED
    _tell(
        writers(interest.organisation),
        _("Your interest was accepted: you can now see whom to write to")
        if is_accepted
        else _("Your interest was declined: the reason is on the site"),
        interest.opportunity,
        address=_of(interest),
    )


def interest_closed(interest: Interest) -> None:
    """Tell those who were interested that nobody answered, or that there is nothing to answer."""
    for person in writers(interest.organisation):
        with translation.override(person.language):
            text = str(interest.get_closing_display())  # type: ignore[attr-defined]
        _tell(
            [person],
            _("Your interest was closed without an answer"),
            interest.opportunity,
            text,
            _of(interest),
        )


def outcome_asked(follow_up: FollowUp) -> None:
    """Ask one side what came of an accepted interest."""
    interest = follow_up.interest
    opportunity = interest.opportunity
    other = (
        interest.organisation if follow_up.side == Side.OWNER else opportunity.organisation
    ).name
    for person in writers(follow_up.organisation):
        with translation.override(person.language):
            text = str(
                ngettext_lazy(
                    "%(days)d day ago you and %(other)s were brought together. Please tell us in a"
                    " minute what came of it.",
                    "%(days)d days ago you and %(other)s were brought together. Please tell us in a"
                    " minute what came of it.",
                    "days",
                )
                % {"days": follow_up.day, "other": other}
            )
        _tell(
            [person],
            _("What came of it?"),
            opportunity,
            text,
            Address("outcome", follow_up.pk),
        )


def writers(organisation: Organisation) -> list[Any]:
    """The accounts that write for an organisation: whom mail about its opportunities goes to."""
    roles = OrganisationRole.objects.filter(
        organisation=organisation,
        role__in=WRITERS,
        user__is_active=True,
        user__approved_at__isnull=False,
    )
    return [held.user for held in roles.select_related("user").order_by("pk")]


class Address:
    """An address of opportunities, made in the reader's language."""

    def __init__(self, name: str, *args: Any) -> None:
        self.name, self.args = name, args

    def __str__(self) -> str:
        return reverse(f"opportunities:{self.name}", args=self.args)


def _edit(opportunity: Opportunity) -> Address:
    return Address("manage", opportunity.pk)


def _of(interest: Interest) -> Address:
    return Address("interest", interest.pk)


def _tell(
    people: Iterable[Any],
    subject: Any,
    opportunity: Opportunity,
    text: str = "",
    address: Address | None = None,
) -> None:
    for person in people:
        with translation.override(person.language):
            url = str(address) if address else opportunity.get_absolute_url()
            words = str(subject)
        context = {
            "name": person.name,
            "subject": words,
            "title": opportunity.title,
            "text": text,
            "url": f"{settings.WAGTAILADMIN_BASE_URL}{url}",
        }
        send_templated(
            template=TEMPLATE, to=person.email, language=person.language, context=context
        )
