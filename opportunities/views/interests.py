"""Interest in an opportunity: expressed, received, sent, answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.keyset import Key, page_of
from opportunities import actions, errors, permissions
from opportunities.forms import DeclineForm, InterestForm
from opportunities.models import FollowUp, Interest, Opportunity
from opportunities.querysets import InterestQuerySet
from opportunities.states import Answer

PER_PAGE = 24
NEWEST = Key(("pk",))


@never_cache
@login_required
def express(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one's organisation is interested; missing where nobody of one's own may."""
    visible = Opportunity.objects.visible_to(request.user).select_related("organisation")
    opportunity = get_object_or_404(visible, pk=pk)
    asked = opportunity.interests.values("organisation")
    organisations = permissions.organisations_of(request.user).exclude(pk__in=asked)
    if permissions.may_write_for(request.user, opportunity.organisation):
        raise Http404
    if not organisations.exists() or not opportunity.takes_answers():
        return redirect("opportunities:detail", pk=pk)
    user: Any = request.user
    form = InterestForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        initial={"contact_name": user.name, "contact_email": user.email},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.express(
                opportunity=opportunity,
                sender=user,
                language=(get_language() or "en")[:2],
                **data,
            )
        except errors.NotAllowed as refusal:
            raise Http404 from refusal
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your interest is sent. You get mail when it is answered."))
            return redirect("opportunities:interest", pk=made.pk)
    context = {
        "opportunity": opportunity,
        "form": form,
        "meta_title": _("Express interest"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/opportunities/express.html", context, status=status)


@never_cache
@login_required
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """One expression of interest, for its two sides; whom to write to only once it is accepted."""
    rows = Interest.objects.visible_to(request.user)
    found = get_object_or_404(
        rows.select_related("organisation", "opportunity__organisation"), pk=pk
    )
    declining = DeclineForm(request.POST if request.POST.get("answer") == "decline" else None)
    if request.method == "POST":
        done = _answer(request, found, declining)
        if done is not None:
            return done
    questions = FollowUp.objects.answerable_by(request.user).filter(interest=found)
    may = {answer for answer in Answer if permissions.may_answer(request.user, answer, found)}
    context = {
        "interest": found,
        "opportunity": found.opportunity,
        "contacts": contacts(found),
        "may_accept": Answer.ACCEPT in may,
        "may_take_back": Answer.TAKE_BACK in may,
        "declining": declining,
        "questions": questions.order_by("day", "side"),
        "lang": "" if found.language == (get_language() or "")[:2] else found.language,
        "meta_title": _("Interest of %(name)s") % {"name": found.organisation.name},
    }
    status = 422 if declining.is_bound else 200
    return render(request, "pages/opportunities/interest.html", context, status=status)


def contacts(found: Interest) -> list[dict[str, str]]:
    """Whom the two sides write to: nothing at all as long as the interest is not accepted."""
    if not found.is_accepted:
        return []
    return [
        {
            "organisation": side.name,
            "name": row.contact_name,
            # Where the person has left, the organisation's own address.
            "email": row.contact_email or side.contact_email,
        }
        for side, row in (
            (found.opportunity.organisation, found.opportunity),
            (found.organisation, found),
        )
    ]


def _answer(request: HttpRequest, found: Interest, declining: DeclineForm) -> HttpResponse | None:
    """Do what was sent; None where the form has to be shown again."""
    try:
        match request.POST.get("answer"):
            case "accept":
                actions.accept(interest=found, actor=request.user)
                said = _("Accepted. You now see each other's contacts.")
            case "decline":
                if not declining.is_valid():
                    return None
                reason = declining.cleaned_data["reason"]
                actions.decline(interest=found, actor=request.user, reason=reason)
                said = _("Declined. They read your reason.")
            case "take_back":
                actions.take_back(interest=found, actor=request.user)
                said = _("Your interest is withdrawn.")
            case _:
                raise Http404
    except errors.NotAllowed as refusal:
        raise Http404 from refusal
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("opportunities:interest", pk=found.pk)


@never_cache
@login_required
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Interest in the opportunities of one's own organisations."""
    rows = Interest.objects.received_by(request.user)
    return _list(request, rows, "received", _("Interest received"))


@never_cache
@login_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Interest that one's own organisations have expressed."""
    rows = Interest.objects.sent_by_organisations_of(request.user)
    return _list(request, rows, "sent", _("Interest sent"))


def _list(request: HttpRequest, rows: InterestQuerySet, section: str, title: str) -> HttpResponse:
    shown = rows.select_related("organisation", "opportunity__organisation")
    context = {
        "place": page_of(request, shown, NEWEST, size=PER_PAGE),
        "waiting": rows.open().count(),
        "section": section,
        "meta_title": title,
    }
    return render(request, "pages/opportunities/interests.html", context)
