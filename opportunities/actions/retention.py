"""What is no longer needed goes: texts and contacts of persons do not outlive their purpose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.privacy import written_to
from opportunities.models import Interest, Opportunity
from opportunities.states import InterestState, State
from opportunities.terms import CONTACTS_KEPT, UNMET_KEPT

UNMET = (InterestState.DECLINED, InterestState.WITHDRAWN, InterestState.CLOSED)


@transaction.atomic
def forget_old(now: datetime | None = None) -> int:
    """Delete interest that led to nothing a year after its end, and empty the contacts of the rest two
    years after its acceptance or its opportunity's end; how many rows that were. The log stays."""
    moment = now or timezone.now()
    unmet = Interest.objects.filter(state__in=UNMET, decided_at__lt=moment - UNMET_KEPT)
    done = unmet.delete()[0]
    nothing = {"contact_name": "", "contact_email": ""}
    met = Interest.objects.accepted().filter(decided_at__lt=moment - CONTACTS_KEPT)
    done += met.exclude(**nothing).update(**nothing, message="")
    ended = Opportunity.objects.filter(
        state__in=[State.EXPIRED, State.WITHDRAWN], closed_at__lt=moment - CONTACTS_KEPT
    )
    done += ended.exclude(**nothing).update(**nothing)
    return done


@transaction.atomic
def forget_person(*, user: Any) -> None:
    """Take a person's name and addresses out of the contacts; what was written stays the organisation's.

    A name alone is somebody else's as well: it goes where the person wrote it, and in the organisations
    in which they have or had a role.
    """
    theirs = Q(organisation__roles__user=user) | Q(organisation__log__subject=user)
    for model, writer in ((Interest, "sent_by"), (Opportunity, "created_by")):
        rows: Any = model._default_manager
        rows.filter(written_to("contact_email", user)).update(contact_name="", contact_email="")
        if user.name:
            named = rows.filter(theirs | Q(**{writer: user}), contact_name__iexact=user.name)
            rows.filter(pk__in=list(named.values_list("pk", flat=True))).update(contact_name="")
