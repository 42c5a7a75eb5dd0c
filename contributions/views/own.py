"""One's own proposals: the list, where each stands, taking back and deleting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from contributions import actions, composition, errors, permissions
from contributions.actions import erasing
from contributions.models import Contribution
from contributions.states import DELETABLE, State
from contributions.steps import Step
from core.contributable import registered
from core.keyset import Key, page_of
from members.requests import user_of

KEY = Key(fields=("changed_at", "pk"))
PAGE_SIZE = 20


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that one has proposed, the newest change first, and the ways to propose more."""
    if not permissions.may_propose(request.user):
        raise Http404
    own = Contribution.objects.of(request.user).select_related("organisation")
    context = {
        "listed": page_of(request, own, KEY, size=PAGE_SIZE),
        "kinds": [(name, kind) for name, kind in registered()],
        "meta_title": _("My proposals"),
    }
    return render(request, "pages/contributions/mine.html", context)


@never_cache
@login_required
def contribution(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where a proposal stands: its state, the editors' words, what is missing, what can be done."""
    found = get_object_or_404(
        Contribution.objects.visible_to(request.user).select_related("organisation", "page"),
        key=key,
    )
    is_own = found.contributor_id == request.user.pk
    if is_own and found.state == State.DRAFT and not found.content:
        return redirect("contributions:story", key=key)
    return render(
        request,
        "pages/contributions/contribution.html",
        {
            "contribution": found,
            "kind": found.about,
            "is_own": is_own,
            "rounds": list(found.rounds.all()),
            "pictures": list(found.pictures.all()),
            "missing": composition.problems(found) if found.is_editable and found.about else [],
            "steps": list(Step),
            "may_write": permissions.may_write(request.user, found),
            "may_withdraw": is_own and found.state == State.SENT,
            "may_discard": is_own and found.state in DELETABLE,
            "kept_until": erasing.kept_until(found)
            if found.state in (State.DRAFT, State.DECLINED)
            else None,
            "meta_title": found.title,
        },
    )


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take it back from the editors."""
    found = get_object_or_404(Contribution.objects.of(request.user), key=key)
    try:
        actions.withdraw(
            contribution=found,
            contributor=user_of(request),
            version=version_of(request),
        )
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is a draft again, and the editors no longer have it."))
    return redirect("contributions:contribution", key=key)


@never_cache
@login_required
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once more, then delete."""
    found = get_object_or_404(Contribution.objects.of(request.user), key=key)
    if request.method != "POST":
        if found.state not in DELETABLE:
            raise Http404
        context = {"contribution": found, "meta_title": _("Delete this proposal?")}
        return render(request, "pages/contributions/discard.html", context)
    try:
        actions.discard(contribution=found, contributor=user_of(request))
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("contributions:contribution", key=key)
    messages.success(request, _("The proposal is deleted."))
    return redirect("contributions:mine")


def version_of(request: HttpRequest) -> int:
    """The version that a form was made from; -1, which none is, for what is no number."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
