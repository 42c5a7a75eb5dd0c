"""What waits for a cluster's people and for the coordinators: profiles, memberships, claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from directory import actions, errors, permissions
from directory.models import Claim, ClusterMembership, Organisation
from directory.querysets import ClaimQuerySet, MembershipQuerySet, OrganisationQuerySet
from directory.views.ties import row_of
from directory.vocabulary import Role

MOST_SHOWN = 50


def profiles_for(user: Any) -> OrganisationQuerySet:
    """The profiles that wait for this person."""
    return Organisation.objects.reviewable_by(user).waiting()


def memberships_for(user: Any) -> MembershipQuerySet:
    """The memberships that wait for this person."""
    rows = ClusterMembership.objects.decidable_by(user).requested()
    return rows.select_related("organisation", "cluster")


def claims_for(user: Any) -> ClaimQuerySet:
    """The claims whose turn it is for this person, the first that is due first."""
    rows = Claim.objects.waiting_for(user).select_related("organisation", "claimant")
    return rows.order_by("due_on", "pk")


@never_cache
@login_required
def review(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person's answer; missing for those for whom nothing ever does."""
    user = request.user
    looks_after_some = Organisation.objects.of(user, Role.ADMINISTRATOR).exists()
    if not looks_after_some and not permissions.may_coordinate(user):
        raise Http404
    if request.method == "POST":
        return _answer(request)
    context = {
        "profiles": profiles_for(user)[:MOST_SHOWN],
        "memberships": memberships_for(user)[:MOST_SHOWN],
        "claims": claims_for(user)[:MOST_SHOWN],
        "meta_title": _("Waiting for you"),
    }
    return render(request, "pages/directory/review.html", context)


def _answer(request: HttpRequest) -> HttpResponse:
    what, _colon, key = request.POST.get("answer", "").partition(":")
    if what not in ANSWERS:
        raise Http404
    try:
        ANSWERS[what](request, key, request.POST.get("reason", ""))
    except errors.NotAllowed as refusal:
        raise Http404 from refusal
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your answer is stored, and those concerned are told."))
    return redirect("directory:review")


def _version(request: HttpRequest) -> int:
    number = request.POST.get("version", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Http404
    return int(number)


def _publish(request: HttpRequest, key: str, _reason: str) -> None:
    row = row_of(Organisation.objects.visible_to(request.user), key)
    actions.publish(organisation=row, actor=request.user, version=_version(request))


def _changes(request: HttpRequest, key: str, reason: str) -> None:
    row = row_of(Organisation.objects.visible_to(request.user), key)
    actions.request_changes(
        organisation=row, actor=request.user, version=_version(request), reason=reason
    )


def _admit(request: HttpRequest, key: str, _reason: str) -> None:
    rows = ClusterMembership.objects.decidable_by(request.user)
    row = row_of(rows.select_related("organisation", "cluster"), key)
    actions.confirm_membership(membership=row, actor=request.user)


def _decline(request: HttpRequest, key: str, reason: str) -> None:
    rows = ClusterMembership.objects.decidable_by(request.user)
    row = row_of(rows.select_related("organisation", "cluster"), key)
    actions.decline_membership(membership=row, actor=request.user, reason=reason)


def _grant(request: HttpRequest, key: str, reason: str) -> None:
    actions.decide_claim(
        claim=row_of(claims_for(request.user), key), actor=request.user, granted=True, answer=reason
    )


def _refuse(request: HttpRequest, key: str, reason: str) -> None:
    actions.decide_claim(
        claim=row_of(claims_for(request.user), key),
        actor=request.user,
        granted=False,
        answer=reason,
    )


ANSWERS: dict[str, Callable[[HttpRequest, str, str], None]] = {
    "publish": _publish,
    "changes": _changes,
    "admit": _admit,
    "decline": _decline,
    "grant": _grant,
    "refuse": _refuse,
}
