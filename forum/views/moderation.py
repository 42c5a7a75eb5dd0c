"""The moderators' side, in the Wagtail admin: what waits, and one post with all one needs to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from forum import actions, errors, permissions
from forum import queue as cases
from forum.forms import (
    BulkForm,
    DecisionForm,
    PenaltyForm,
    ReasonedDecisionForm,
    ReportsAnswerForm,
)
from forum.models import ModerationLog, Penalty, Post, Report
from forum.states import TRANSITIONS, Act, State
from forum.views import queueing

POSTS_BEFORE = 3
ENTRIES = 10
WAITING_PER_PAGE = 50
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
QUEUE = {"url": reverse_lazy("forum_moderation:queue"), "label": _("Forum moderation")}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that a moderator can take: its words, its form, its action."""

    label: Any
    done: Any
    form: type[Form]
    action: Callable[..., Post]
    tone: str = ""
    shortcut: str = ""


DECISIONS: dict[Act, Decision] = {
    Act.PUBLISH: Decision(
        _("Approve"), _("Approved."), DecisionForm, actions.publish_post, shortcut="mod+enter"
    ),
    Act.REJECT: Decision(
        _("Reject"), _("Rejected."), ReasonedDecisionForm, actions.reject_post, tone="no"
    ),
    Act.HIDE: Decision(_("Hide"), _("Hidden."), ReasonedDecisionForm, actions.hide_post, tone="no"),
    Act.RESTORE: Decision(_("Restore"), _("Restored."), DecisionForm, actions.restore_post),
}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the gravest and then the longest wait first; and what was done last."""
    _only_moderators(request)
    filters = queueing.filters_of(request)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    decided = ModerationLog.objects.filter(
        post__in=Post.objects.moderatable_by(request.user)
    ).select_related("actor", "post__topic")
    page = Paginator(cases.rows(request.user, wanted), WAITING_PER_PAGE).get_page(
        request.GET.get("p")
    )
    context = {
        "page_obj": page,
        "items": cases.items(list(page.object_list)),
        "filters": filters,
        "bulk_form": BulkForm(auto_id="bulk_%s"),
        "query": queueing.query_of(filters),
        "decided": decided[:ENTRIES],
        "header_title": _("Forum moderation"),
        "header_icon": "comment",
        "breadcrumbs_items": [HOME, QUEUE],
    }
    return render(request, "pages/forum/admin/queue.html", context)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: its text, what stands before it, its author's history, and the decisions."""
    return _page(request, _found(request, pk))


@require_http_methods(["POST"])
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Take one decision about a post, then go on with the next case of those chosen in the queue.

    A decision sent from the queue itself leads back to it, to the case that follows.
    """
    found = _found(request, pk)
    decision = DECISIONS.get(act)  # type: ignore[call-overload]
    if decision is None:
        raise Http404
    form = decision.form(request.POST)
    if not form.is_valid():
        return _page(request, found, refused=(Act(act), form), status=422)
    place = queueing.place_of(request, "report", "waiting", key=pk)
    try:
        decision.action(post=found, moderator=request.user, **form.cleaned_data)
    except errors.AlreadyHandled as handled:
        messages.warning(request, str(handled))
        return redirect(queueing.address(request, "post", pk))
    except errors.Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, refused=(Act(act), form), status=422)
    messages.success(request, f"{found.topic.title}: {decision.done}")
    if "from_queue" in request.POST:
        return redirect(queueing.anchor_of(request, place))
    return redirect(queueing.next_address(request, place))


def _only_moderators(request: HttpRequest) -> None:
    if not permissions.may_moderate(request.user):
        raise Http404


def _found(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(
        Post.objects.moderatable_by(request.user).select_related(
            "topic__category", "author__profile"
        ),
        pk=pk,
    )


def _page(
    request: HttpRequest, found: Post, refused: tuple[Act, Form] | None = None, status: int = 200
) -> HttpResponse:
    place = queueing.place_of(request, "report", "waiting", key=found.pk)
    may_judge = permissions.may_judge(request.user, found)
    # An author is not told who reported a text, a moderator of their own as little as anybody.
    reports = Report.objects.open().filter(post=found) if may_judge else Report.objects.none()
    context = {
        "post": found,
        "topic": found.topic,
        "query": queueing.query_of(queueing.filters_of(request)),
        "next_url": queueing.next_address(request, place) if place else "",
        "may_judge": may_judge,
        "may_correct": may_judge and found.state == State.PUBLISHED,
        "decisions": _decisions(found, refused) if may_judge else [],
        "before": _before(found),
        "log": ModerationLog.objects.filter(post=found).select_related("actor"),
        "history": _history(found, request.user),
        "files": found.attachments.all(),
        "reports": reports.select_related("reporter"),
        "answer_form": ReportsAnswerForm(),
        "penalty_form": PenaltyForm(auto_id="penalty_%s")
        if permissions.may_penalise(request.user, found.author)
        else None,
        "is_public": State.PUBLISHED == found.state == found.topic.state,
        "header_title": found.topic.title,
        "header_icon": "comment",
        "breadcrumbs_items": [HOME, QUEUE, {"url": "", "label": found.topic.title}],
    }
    return render(request, "pages/forum/admin/post.html", context, status=status)


def _decisions(found: Post, refused: tuple[Act, Form] | None) -> list[dict[str, Any]]:
    """The decisions that start from the post's state, each with its form."""
    result = []
    for act, decision in DECISIONS.items():
        if found.state not in TRANSITIONS[act][0]:
            continue
        if refused is not None and refused[0] is act:
            form = refused[1]
        else:
            form = decision.form(initial={"version": found.version}, auto_id=f"{act}_%s")
        result.append({"act": act, "decision": decision, "form": form})
    return result


def _before(found: Post) -> list[Post]:
    """The last published posts before this one, in their order."""
    earlier = Post.objects.filter(topic=found.topic, state=State.PUBLISHED).exclude(pk=found.pk)
    if found.number is not None:
        earlier = earlier.filter(number__lt=found.number)
    return list(earlier.shown().order_by("-number")[:POSTS_BEFORE])[::-1]


def _history(found: Post, user: Any) -> dict[str, Any] | None:
    """What is known of the author: posts by state, and the last decisions about them."""
    if found.author_id is None:
        return None
    counts = Post.objects.filter(author=found.author_id).values_list("state").annotate(Count("pk"))
    within = Post.objects.moderatable_by(user).filter(author=found.author_id)
    decided = ModerationLog.objects.filter(post__in=within).exclude(post=found)
    known = Penalty.objects.filter(member=found.author_id).select_related("decision")
    penalties = list(known[:ENTRIES])
    for one in penalties:
        one.is_liftable = one.lifted_at is None and permissions.may_lift(user, one)  # type: ignore[attr-defined]
    return {
        "counts": [(State(state).label, number) for state, number in sorted(counts)],
        "decided": decided.select_related("actor", "post__topic")[:ENTRIES],
        "penalties": penalties,
    }
