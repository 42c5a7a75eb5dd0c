"""What moderators decide beside the state of a post: reports, notices, appeals, penalties."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forum import actions, errors, permissions, statements
from forum.forms import (
    AppealAnswerForm,
    BulkForm,
    ComplaintAnswerForm,
    PenaltyForm,
    ReportsAnswerForm,
)
from forum.models import Appeal, Penalty, Post, Report
from forum.states import State
from forum.views import bulk as several
from forum.views import queueing

MOST_OTHERS = 20
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
QUEUE = {"url": reverse_lazy("forum_moderation:queue"), "label": gettext_lazy("Forum moderation")}


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal with the decision or the report that it is about; a POST is the answer."""
    found = get_object_or_404(
        Appeal.objects.moderatable_by(request.user).select_related(
            *("decision__rule", "decision__topic", "decision__post", "decision__subject"),
            "decision__moderator",
            *("report__post__topic", "report__reporter"),
        ),
        pk=pk,
    )
    about = found.post
    form: Form = AppealAnswerForm(request.POST or None)
    if found.report is not None:
        is_public = about is not None and about.state == State.PUBLISHED
        form = ComplaintAnswerForm(request.POST or None, is_public=is_public)
    place = queueing.place_of(request, "appeal", key=pk)
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(
            request,
            form,
            lambda: actions.decide_appeal(
                appeal=found, moderator=request.user, **form.cleaned_data
            ),
            _("The appeal is answered."),
        )
    ):
        return redirect(queueing.next_address(request, place))
    is_concerned = request.user.pk in actions.concerned(found)
    # An author is not told who reported a text.
    is_own = about is not None and not permissions.may_judge(request.user, about)
    return _page(
        request,
        form,
        _("Appeal"),
        appeal=found,
        report=None if is_own else found.report,
        lines=statements.lines(found.decision, to_author=False) if found.decision else [],
        pieces=statements.difference(found.decision) if found.decision else [],
        may_decide=found.decided_at is None and not is_concerned,
        post=about,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice about an address that is no public post; a POST is the answer."""
    found = get_object_or_404(
        Report.objects.moderatable_by(request.user).filter(post__isnull=True), pk=pk
    )
    form = ReportsAnswerForm(request.POST or None)
    place = queueing.place_of(request, "notice", key=pk)
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(
            request,
            form,
            lambda: actions.settle_notice(
                report=found, moderator=request.user, **form.cleaned_data
            ),
            _("The notice is answered."),
        )
    ):
        return redirect(queueing.next_address(request, place))
    same = Report.objects.moderatable_by(request.user).about_same(found).exclude(pk=found.pk)
    return _page(
        request,
        form,
        _("Notice"),
        report=found,
        others=same[:MOST_OTHERS],
        may_decide=found.handled_at is None,
    )


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """One act for several posts: each is checked, decided and logged by itself."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        return _page(request, form, _("Several posts"), may_decide=True, status=422)
    several.decide_posts(request, form)
    return redirect(queueing.address(request, "queue"))


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the reports of a post and leave the post as it is."""
    post = _post(request, pk)
    form = ReportsAnswerForm(request.POST)
    place = queueing.place_of(request, "report", key=pk)
    if form.is_valid() and _done(
        request,
        form,
        lambda: actions.dismiss_reports(post=post, moderator=request.user, **form.cleaned_data),
        _("The reports are closed."),
    ):
        return redirect(queueing.next_address(request, place))
    return _page(request, form, _("Close the reports"), post=post, may_decide=True, status=422)


@require_POST
def penalise(request: HttpRequest, pk: int) -> HttpResponse:
    """Penalise the author of a post."""
    post = _post(request, pk)
    form = PenaltyForm(request.POST)
    if form.is_valid() and _done(
        request,
        form,
        lambda: actions.penalise(post=post, moderator=request.user, **form.cleaned_data),
        _("The penalty is in force."),
    ):
        return redirect(queueing.address(request, "post", pk))
    return _page(request, form, _("Penalty"), post=post, may_decide=True, status=422)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a penalty before its time."""
    penalty = get_object_or_404(Penalty.objects.select_related("decision"), pk=pk)
    _done(
        request,
        None,
        lambda: actions.lift_penalty(penalty=penalty, moderator=request.user),
        _("The penalty is lifted."),
    )
    if penalty.decision.post_id is None:
        return redirect(queueing.address(request, "queue"))
    return redirect(queueing.address(request, "post", penalty.decision.post_id))


def _post(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(
        Post.objects.moderatable_by(request.user).select_related("topic__category", "author"),
        pk=pk,
    )


def _done(request: HttpRequest, form: Form | None, act: Any, words: str) -> bool:
    """Do it and say so; a refusal goes to the form, what is not theirs is missing."""
    try:
        act()
    except (errors.OwnDecision, errors.OwnPost) as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
        return False
    except errors.NotAllowed as error:
        raise Http404 from error
    except errors.AlreadyHandled as handled:
        messages.warning(request, str(handled))
        return True
    except errors.Refused as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
        return False
    messages.success(request, words)
    return True


def _page(
    request: HttpRequest, form: Form, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    shown = {
        "form": form,
        "query": queueing.query_of(queueing.filters_of(request)),
        "header_title": title,
        "header_icon": "comment",
        "breadcrumbs_items": [HOME, QUEUE, {"url": "", "label": title}],
        **context,
    }
    status = 422 if form.is_bound else status
    return render(request, "pages/forum/admin/case.html", shown, status=status)
