"""Who waits to become a member, for the coordinators: since when, for whose answer, until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from core.working_days import add_working_days, working_days_before, working_days_between
from directory.labels import labels
from directory.models import Claim, Country, Organisation, OrganisationRole
from directory.states import State
from members.models import User
from members.querysets import REVIEW_DAYS, UserQuerySet

DAYS_MEASURED = 30
MOST_MEASURED = 1000
ASKING, UNASKED, OVERDUE, ALONE = "asking", "unasked", "overdue", "alone"


class FilterForm(forms.Form):
    """Who of those who wait is shown; whatever is not understood narrows nothing."""

    who = forms.ChoiceField(
        label=_("Who"),
        choices=[
            ("", _("All who wait")),
            (ASKING, _("Who waits for an answer")),
            (OVERDUE, _("Whose answer is overdue")),
            (UNASKED, _("Who has not asked for anything yet")),
            (ALONE, _("Members without an organisation, by exception")),
        ],
        required=False,
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _now("All")), *labels(Country).items()],
        required=False,
    )
    cluster = forms.ChoiceField(
        label=_("Cluster"),
        choices=lambda: [
            ("", _now("All")),
            *Organisation.objects.public().clusters().order_by("name").values_list("pk", "name"),
        ],
        required=False,
    )
    days = forms.IntegerField(
        label=_("Waiting for at least (working days)"), min_value=1, max_value=1000, required=False
    )

    def chosen(self) -> dict[str, Any]:
        """{field: value} of what narrows, as it stands in an address."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self) -> UserQuerySet:
        """The accounts that fit, the longest waiting first."""
        chosen = self.chosen()
        rows = User.objects.waiting()
        match chosen.get("who"):
            case "asking":
                rows = rows.asking()
            case "overdue":
                rows = rows.overdue()
            case "unasked":
                rows = rows.exclude(pk__in=User.objects.asking().values("pk"))
            case "alone":
                rows = User.objects.members().filter(stands_alone=True)
        if "country" in chosen:
            rows = rows.filter(profile__country=chosen["country"])
        if "cluster" in chosen:
            rows = rows.around(chosen["cluster"])
        if "days" in chosen:
            last = working_days_before(timezone.localdate(), chosen["days"])
            rows = rows.filter(date_joined__lt=_end_of(last))
        return rows.select_related("profile", "profile__country").order_by("date_joined", "pk")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody waits for: an answer to a claim, or the publication of an organisation."""

    organisation: Organisation
    due_on: date
    is_overdue: bool
    claim: Claim | None = None

    @property
    def value(self) -> str:
        """How a form names it; what is no claim is decided elsewhere and has none."""
        return f"claim:{self.claim.pk}" if self.claim else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits, for how many working days, and for what."""

    user: User
    days: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def value(self) -> str:
        """How a form names this person."""
        return f"person:{self.user.pk}"


def rows_of(users: Iterable[User], today: date | None = None) -> list[Waiting]:
    """What these accounts wait for, in their order; two queries, however many they are."""
    day, people = today or timezone.localdate(), list(users)
    asked: dict[int, list[Asked]] = defaultdict(list)
    claims = Claim.objects.open().filter(claimant__in=people).select_related("organisation")
    for claim in claims.order_by("asked_at", "pk"):
        late = claim.due_on < day
        asked[claim.claimant_id].append(Asked(claim.organisation, claim.due_on, late, claim))
    sent = OrganisationRole.objects.filter(user__in=people, organisation__state=State.SUBMITTED)
    for held in sent.select_related("organisation").order_by("organisation__submitted_at", "pk"):
        since: Any = held.organisation.submitted_at
        due_on = add_working_days(timezone.localdate(since), REVIEW_DAYS)
        asked[held.user_id].append(Asked(held.organisation, due_on, due_on < day))
    return [
        Waiting(
            user=user,
            days=working_days_between(timezone.localdate(user.date_joined), day),
            asked=asked[user.pk],
        )
        for user in people
    ]


def time_to_answer(now: datetime) -> float | None:
    """The median wait, in working days, of the claims answered in the last 30 days; None without any."""
    answered = Claim.objects.filter(decided_at__gt=now - timedelta(days=DAYS_MEASURED))
    spans = answered.order_by("-decided_at").values_list("asked_at", "decided_at")[:MOST_MEASURED]
    local = timezone.localdate
    waits = [working_days_between(local(asked), local(decided)) for asked, decided in spans]
    return median(waits) if waits else None


class ServiceLevelsPanel(Component):
    """How many wait to become members, and how long it takes, on the coordinators' dashboard."""

    name = "members_service_levels"
    template_name = "pages/members/admin/_service_levels.html"
    order = 245

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        waiting = User.objects.waiting()
        asking = waiting.asking()
        return {
            "asking": asking.count(),
            "overdue": waiting.overdue().count(),
            "unasked": waiting.exclude(pk__in=User.objects.asking().values("pk")).count(),
            "oldest": asking.values_list("date_joined", flat=True).first(),
            "days": time_to_answer(timezone.now()),
        }


def _end_of(day: date) -> datetime:
    """The first moment after a day."""
    following = day + timedelta(days=1)
    return timezone.make_aware(datetime(following.year, following.month, following.day))
