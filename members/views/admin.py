"""The coordinators' queue of people who wait to become members, in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory import actions as directory
from directory.models import Claim
from directory.permissions import may_coordinate
from members import actions, errors
from members.models import User
from members.waiting import ALONE, FilterForm, rows_of

PER_PAGE = 50
MOST_AT_ONCE = 200
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
QUEUE = {"url": reverse_lazy("members_admin:waiting"), "label": _("New members")}


class Decision(TextChoices):
    APPROVE = "approve", _("Grant what they asked")
    REFUSE = "refuse", _("Refuse what they asked")
    ADMIT = "admit", _("Admit without an organisation")
    END = "end", _("No longer without an organisation")


class DecisionForm(forms.Form):
    """One decision about everything that is chosen."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Whoever is refused reads it; an exception keeps it in the log."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs = data.get("decision") not in {None, Decision.APPROVE}
        if needs and "reason" in data and not data["reason"].strip():
            self.add_error("reason", _("Please give a reason."))
        return data


def waiting(request: HttpRequest) -> HttpResponse:
    """Those who wait, of the chosen filters; on POST, one decision about those that are chosen."""
    if not may_coordinate(request.user):
        raise Http404
    filters = FilterForm(request.GET)
    chosen = urlencode(filters.chosen())
    marked = request.POST.getlist("chosen")[:MOST_AT_ONCE]
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if marked:
            _decide_all(request, marked, Decision(form.cleaned_data["decision"]), form)
            return redirect(request.get_full_path())
        form.add_error(None, _now("Choose at least one row."))
    page = Paginator(filters.narrowed(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "rows": rows_of(page.object_list),
        "are_members": filters.chosen().get("who") == ALONE,
        "filters": filters,
        "form": form,
        "marked": marked,
        "query": f"{chosen}&" if chosen else "",
        "header_title": _("New members"),
        "header_icon": "user",
        "breadcrumbs_items": [HOME, QUEUE],
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/members/admin/waiting.html", context, status=status)


def _decide_all(
    request: HttpRequest, marked: list[str], decision: Decision, form: DecisionForm
) -> None:
    """Do it to each by itself; those with whom it cannot be done are named and left."""
    reason, done = form.cleaned_data["reason"], 0
    for value in dict.fromkeys(marked):
        claim, user = _found(value)
        if user is None:
            continue
        try:
            with transaction.atomic():
                _decide(claim, user, request.user, decision, reason)
        except errors.NotAllowed:
            text = _now("%(name)s: this cannot be done here.")
            messages.error(request, text % {"name": user})
        except errors.AlreadyHandled:
            text = _now("%(name)s: this was decided in the meantime.")
            messages.error(request, text % {"name": user})
        else:
            done += 1
    if done:
        text = ngettext("%(count)d decision is stored.", "%(count)d decisions are stored.", done)
        messages.success(request, text % {"count": done})


def _decide(claim: Claim | None, user: User, actor: Any, decision: Decision, reason: str) -> None:
    match decision:
        case Decision.APPROVE | Decision.REFUSE:
            if claim is None:
                raise errors.NotAllowed
            granted = decision == Decision.APPROVE
            directory.decide_claim(claim=claim, actor=actor, granted=granted, answer=reason)
        case Decision.ADMIT:
            actions.let_stand_alone(user=user, actor=actor, reason=reason)
        case Decision.END:
            actions.let_stand_alone_no_longer(user=user, actor=actor, reason=reason)


def _found(value: str) -> tuple[Claim | None, User | None]:
    """The claim and the person that a row names, "claim:7" or "person:7"."""
    kind, _colon, key = value.partition(":")
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return None, None
    if kind == "claim":
        claim = Claim.objects.select_related("organisation", "claimant").filter(pk=key).first()
        return claim, claim and claim.claimant
    return None, User.objects.filter(pk=key).first()
