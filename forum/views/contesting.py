"""Contesting what became of a report, by whoever sent it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forum import actions, errors
from forum.forms import AppealForm
from forum.models import Report
from forum.notifications.contesting import may_contest
from forum.views.navigation import trail


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, reference: UUID, word: str) -> HttpResponse:
    """The form for the complaint; the word in the address says that its reader sent the report."""
    report = get_object_or_404(Report.objects.select_related("appeal"), reference=reference)
    if not may_contest(report, word):
        raise Http404
    form = AppealForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.contest_report(report=report, text=form.cleaned_data["text"])
            except errors.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Your complaint is on its way. Somebody else will answer.")
                )
                return redirect(request.path)
    context = {
        "report": report,
        "appeal": getattr(report, "appeal", None),
        "form": form if report.is_contestable or form.is_bound else None,
        "trail": trail(),
    }
    return render(request, "pages/forum/contest.html", context, status=status)
