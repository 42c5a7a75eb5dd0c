"""What members do with practices: say that they use one, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bestpractices import actions
from bestpractices.forms import AnswerForm
from bestpractices.models import Outcome, PracticeBase, Uptake, Use
from bestpractices.uptake import section
from core.errors import NotAllowed
from members.requests import user_of


@never_cache
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Make `kind` what the reader does with a practice, an empty one takes it back."""
    practice = get_object_or_404(PracticeBase.objects.visible_to(request.user), pk=pk)
    wanted = request.POST.get("kind", "")
    if wanted and wanted not in Use.values:
        raise Http404
    try:
        kind = Use(wanted) if wanted else None
        actions.take_up(practice=practice, user=user_of(request), kind=kind)
    except NotAllowed as error:
        raise Http404 from error
    if not request.htmx:
        return redirect(f"{practice.get_url(request)}#uptake")
    context = {"uptake": section(practice, request.user)}
    return render(request, "pages/bestpractices/_uptake.html", context)


@never_cache
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of it; one's own only."""
    own = Uptake.objects.select_related("practice").filter(user=request.user.pk)
    uptake = get_object_or_404(own, pk=pk)
    form = AnswerForm(request.POST or None, instance=uptake)
    if request.method == "POST" and form.is_valid():
        actions.answer(
            uptake=uptake,
            user=user_of(request),
            outcome=Outcome(form.cleaned_data["outcome"]),
            report=form.cleaned_data["report"].strip(),
            language=form.cleaned_data["language"],
        )
        messages.success(request, _("Thank you: this helps whoever thinks of doing the same."))
        readable = PracticeBase.objects.visible_to(request.user).filter(pk=uptake.practice_id)
        there = uptake.practice.get_url(request) if readable.exists() else None
        return redirect(f"{there}#uptake" if there else "members:profile")
    context = {"form": form, "practice": uptake.practice, "meta_title": _("What came of it?")}
    status = 422 if form.is_bound else 200
    return render(request, "pages/bestpractices/answer.html", context, status=status)
