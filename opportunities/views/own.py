"""One's own opportunities: described, published, renewed, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.keyset import Key, page_of
from opportunities import actions, errors, permissions
from opportunities.forms import OpportunityForm, RenewForm, WithdrawForm
from opportunities.forms.writing import begun, stored
from opportunities.models import FollowUp, Opportunity
from opportunities.states import Act, InterestState

PER_PAGE = 24
NEWEST = Key(("pk",))


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The opportunities of the organisations for which one writes, with what waits for an answer."""
    rows = Opportunity.objects.writable_by(request.user).select_related("organisation")
    waiting = Count("interests", filter=Q(interests__state=InterestState.SENT))
    questions = FollowUp.objects.answerable_by(request.user).open()
    context = {
        "place": page_of(request, rows.annotate(waiting=waiting), NEWEST, size=PER_PAGE),
        "organisations": permissions.organisations_of(request.user),
        "questions": questions.select_related("interest__opportunity").order_by("-pk")[:PER_PAGE],
        "section": "mine",
        "meta_title": _("My opportunities"),
    }
    return render(request, "pages/opportunities/mine.html", context)


@never_cache
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin an opportunity; missing for those who write for no organisation."""
    organisations = permissions.organisations_of(request.user)
    if not organisations:
        return render(
            request,
            "pages/opportunities/no_organisation.html",
            {"meta_title": _("Add an opportunity")},
        )
    form = OpportunityForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        initial=begun(request.user, (get_language() or "en")[:2]),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create(
                organisation=form.cleaned_data["organisation"],
                creator=request.user,
                data=form.data_to_store(),
            )
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is saved. Nobody else sees it yet."))
            return redirect("opportunities:manage", pk=made.pk)
    context = {"form": form, "meta_title": _("Add an opportunity")}
    status = 422 if form.is_bound else 200
    return render(request, "pages/opportunities/new.html", context, status=status)


@never_cache
@login_required
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text, with what it still lacks and what can be done with it."""
    opportunity = writable(request, pk)
    may_edit = permissions.may_edit(request.user, opportunity)
    if request.method == "POST" and not may_edit:
        raise Http404
    form = OpportunityForm(
        request.POST if request.method == "POST" else None,
        opportunity=opportunity,
        initial=stored(opportunity),
    )
    if request.method == "POST" and form.is_valid() and _save(request, opportunity, form):
        messages.success(request, _("The opportunity is saved."))
        return redirect("opportunities:manage", pk=pk)
    kept = writable(request, pk)
    acts = (Act.PUBLISH, Act.RENEW, Act.WITHDRAW)
    context = {
        "opportunity": kept,
        "form": form if may_edit else None,
        "missing": actions.missing(kept) if kept.state == "draft" else [],
        "acts": [act for act in acts if permissions.may_do(request.user, act, kept)],
        "log": kept.log.filter(action__in=Act.values).select_related("actor")[:PER_PAGE],
        "meta_title": kept.title,
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/opportunities/manage.html", context, status=status)


def _save(request: HttpRequest, opportunity: Opportunity, form: OpportunityForm) -> bool:
    """Whether the form was stored; what was refused stands in it."""
    try:
        actions.edit(
            opportunity=opportunity,
            editor=request.user,
            version=form.cleaned_data["version"] or 0,
            data=form.data_to_store(),
        )
    except errors.AlreadyHandled as refusal:
        form.add_error(None, str(refusal))
        form.data = form.data.copy()
        form.data["version"] = str(
            Opportunity.objects.values_list("version", flat=True).get(pk=opportunity.pk)
        )
    except errors.TermTooLong as refusal:
        form.add_error("expires_on", str(refusal))
    except errors.NotAllowed as refusal:
        raise Http404 from refusal
    else:
        return True
    return False


@never_cache
@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft on the site."""
    opportunity = writable(request, pk)
    try:
        actions.publish(opportunity=opportunity, actor=request.user, version=_version(request))
    except errors.NotAllowed as refusal:
        raise Http404 from refusal
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("opportunities:manage", pk=pk)
    messages.success(request, _("The opportunity is published."))
    return redirect("opportunities:detail", pk=pk)


@never_cache
@login_required
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opportunity another term."""
    opportunity = writable(request, pk)
    form = RenewForm(request.POST if request.method == "POST" else None)

    def do(version: int) -> None:
        end = form.cleaned_data["expires_on"]
        actions.renew(opportunity=opportunity, actor=request.user, version=version, expires_on=end)

    said = _("The opportunity is open again.")
    return _act(request, opportunity, Act.RENEW, form, do, said)


@never_cache
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an opportunity off the site; whoever coordinates gives a reason."""
    visible = Opportunity.objects.visible_to(request.user).select_related("organisation")
    opportunity = get_object_or_404(visible, pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def do(version: int) -> None:
        actions.withdraw(
            opportunity=opportunity,
            actor=request.user,
            version=version,
            reason=form.cleaned_data["reason"],
        )

    said = _("The opportunity is withdrawn.")
    return _act(request, opportunity, Act.WITHDRAW, form, do, said)


def _act(
    request: HttpRequest,
    opportunity: Opportunity,
    act: Act,
    form: Any,
    do: Callable[[int], None],
    said: str,
) -> HttpResponse:
    """A page that asks what an act needs, and does it."""
    if not permissions.may_do(request.user, act, opportunity):
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            do(_version(request))
        except errors.NotAllowed as refusal:
            raise Http404 from refusal
        except errors.ReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            is_own = permissions.may_write_for(request.user, opportunity.organisation)
            where = "manage" if is_own else "detail"
            return redirect(f"opportunities:{where}", pk=opportunity.pk)
    titles = {Act.RENEW: _("Renew"), Act.WITHDRAW: _("Withdraw")}
    context = {
        # Whoever was told that it has changed sees it as it is now, and can go on.
        "opportunity": Opportunity.objects.select_related("organisation").get(pk=opportunity.pk),
        "act": act,
        "form": form,
        "meta_title": f"{titles[act]}: {opportunity.title}",
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/opportunities/act.html", context, status=status)


def writable(request: HttpRequest, pk: int) -> Opportunity:
    """The opportunity of this address where the reader writes for its organisation; else 404."""
    rows = Opportunity.objects.writable_by(request.user).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def _version(request: HttpRequest) -> int:
    number = request.POST.get("version", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Http404
    return int(number)
