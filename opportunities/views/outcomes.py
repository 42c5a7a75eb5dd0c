"""What came of an accepted interest: one side's answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opportunities import actions, errors
from opportunities.forms import OutcomeForm
from opportunities.models import FollowUp
from opportunities.vocabulary import Result


@never_cache
@login_required
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """The question with its answer, which can be given again."""
    rows = FollowUp.objects.answerable_by(request.user)
    asked = get_object_or_404(
        rows.select_related("interest__organisation", "interest__opportunity__organisation"), pk=pk
    )
    initial = {name: getattr(asked, name) for name in ("result", "value", "happened_on")}
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.tell(
                follow_up=asked,
                actor=request.user,
                result=Result(data["result"]),
                value=data["value"],
                happened_on=data["happened_on"],
            )
        except errors.NotAllowed as refusal:
            raise Http404 from refusal
        messages.success(request, _("Thank you. That helps others to see what comes of it."))
        return redirect("opportunities:interest", pk=asked.interest_id)
    context = {"asked": asked, "form": form, "meta_title": _("What came of it?")}
    status = 422 if form.is_bound else 200
    return render(request, "pages/opportunities/outcome.html", context, status=status)
