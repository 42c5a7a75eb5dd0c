"""What opportunities hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Holding, register, together, values
from opportunities import actions
from opportunities.models import FollowUp, Opportunity, OpportunityLog

CONTACT = ("contact_name", "contact_email")

register(
    Holding(
        name="opportunities",
        label=_("Opportunities that you described"),
        links=("opportunities.Opportunity.created_by",),
        rows=values(
            Opportunity,
            "created_by",
            "organisation__name",
            "title",
            "state",
            *CONTACT,
            "created_at",
        ),
        erase=lambda user: actions.forget_person(user=user),
    ),
    Holding(
        name="opportunities-interest",
        label=_("Interest that you expressed for an organisation"),
        links=("opportunities.Interest.sent_by", "opportunities.Interest.decided_by"),
        rows=together(
            (
                *("opportunities.Interest", "sent_by", "organisation__name"),
                *("opportunity__title", "message", *CONTACT, "state", "sent_at"),
            ),
            (
                *("opportunities.Interest", "decided_by", "organisation__name"),
                *("opportunity__title", "state", "reason", "decided_at"),
            ),
        ),
    ),
    Holding(
        name="opportunities-outcomes",
        label=_("What you told us came of it"),
        links=("opportunities.FollowUp.answered_by",),
        rows=values(
            FollowUp,
            "answered_by",
            "interest__opportunity__title",
            "result",
            "value",
            "happened_on",
            "answered_at",
        ),
    ),
    Holding(
        name="opportunities-log",
        label=_("What you did with opportunities"),
        links=("opportunities.OpportunityLog.actor",),
        rows=values(OpportunityLog, "actor_id", "opportunity__title", "action", "reason", "at"),
    ),
)
