"""A member's own cases: decisions about oneself, appeals, and what became of a report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forum import actions, errors, statements
from forum.forms import AppealForm
from forum.models import Decision, Penalty, Report, Topic
from forum.notifications.contesting import contest_path
from forum.views.navigation import trail

MOST_LISTED = 100


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The decisions about the reader and the reports that the reader sent, the newest first."""
    decisions = Decision.objects.of(request.user).select_related("topic", "appeal")
    own_reports = Report.objects.filter(reporter=request.user).select_related("post__topic")
    reports = list(own_reports.order_by("-pk")[:MOST_LISTED])
    about = {report.post.topic_id for report in reports if report.post}
    readable = Topic.objects.published().visible_to(request.user).filter(pk__in=about)
    context = {
        "decisions": decisions[:MOST_LISTED],
        "reports": reports,
        # What was reported may have been taken away since, or moved to where others read.
        "readable": set(readable.values_list("pk", flat=True)) if about else set(),
        "penalties": Penalty.objects.in_force().of(request.user).select_related("decision"),
        "trail": trail(),
    }
    return render(request, "pages/forum/cases.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, reference: UUID) -> HttpResponse:
    """One decision with its statement of reasons; a POST is the appeal against it."""
    shown = get_object_or_404(
        Decision.objects.of(request.user).select_related("rule", "topic", "post", "appeal"),
        reference=reference,
    )
    appeal = getattr(shown, "appeal", None)
    is_open = appeal is None and shown.withdrawn_at is None and shown.appeal_until > timezone.now()
    form = AppealForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.file_appeal(
                    decision=shown, member=request.user, text=form.cleaned_data["text"]
                )
            except errors.NotAllowed as error:
                raise Http404 from error
            except errors.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Your appeal is on its way. Somebody else will answer.")
                )
                return redirect(shown)
    context = {
        "decision": shown,
        "lines": statements.lines(shown),
        "pieces": statements.difference(shown),
        "appeal": appeal,
        "form": form if is_open or form.is_bound else None,
        "trail": trail(),
    }
    return render(request, "pages/forum/decision.html", context, status=status)


@never_cache
@require_safe
def report_status(request: HttpRequest, reference: UUID) -> HttpResponse:
    """What became of a report; whoever knows its reference may ask. Nothing personal is shown."""
    report = get_object_or_404(Report.objects.select_related("appeal"), reference=reference)
    # Who left no name and no account has nothing but the reference to show.
    is_nameless = report.may_be_anonymous and not (report.email or report.reporter_id)
    is_theirs = is_nameless or (report.reporter_id and report.reporter_id == request.user.pk)
    context = {
        "report": report,
        "contest_url": contest_path(report) if is_theirs and report.handled_at else "",
        "trail": trail(),
    }
    return render(request, "pages/forum/report_status.html", context)
