"""From a thread to a best practice: choosing posts, the authors' answers, the draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from forum import actions, errors, paging, permissions
from forum.forms import ConsentForm, PostsForm, PracticeForm
from forum.forms.practices import LONGEST_TITLE
from forum.models import Post, Proposal, Topic
from forum.models.practices import Consent, Naming
from forum.references import shown
from forum.views.navigation import trail


def _topic(request: HttpRequest, pk: int) -> Topic:
    """A topic of which this editor may make a practice; else missing."""
    found = get_object_or_404(
        Topic.objects.visible_to(request.user).select_related("category", "practice_proposal"),
        pk=pk,
    )
    if not permissions.may_make_practice(request.user, found):
        raise Http404
    return found


def _proposal(topic: Topic) -> Proposal | None:
    return getattr(topic, "practice_proposal", None)


def _trail(topic: Topic) -> list[dict[str, str]]:
    return [*trail(topic.category), {"title": topic.title, "url": topic.get_absolute_url()}]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of the thread with a box beside each post that may be asked for."""
    topic = _topic(request, pk)
    proposal = _proposal(topic)
    if proposal is not None and proposal.page_id is not None:
        return redirect("forum:practice", pk)
    visible = Post.objects.published().filter(topic=topic).shown()
    posts, page = paging.posts_of(request, topic, visible)
    known = dict(proposal.requests.values_list("post", "state")) if proposal else {}
    offered = [post for post in posts if post.author is not None and post.pk not in known]
    form = PostsForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_consent(topic=topic, editor=request.user, posts=form.cleaned_data["posts"])
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.Refused as refusal:
            form.add_error("posts", str(refusal))
        else:
            messages.success(request, _("The authors are asked."))
            return redirect("forum:practice", pk)
    context = {
        "topic": topic,
        "trail": _trail(topic),
        "posts": [
            {
                "post": post,
                "text": text,
                "can_be_asked": post in offered,
                "state": Consent(known[post.pk]).label if post.pk in known else "",
            }
            for post, text in zip(posts, shown(post.html for post in posts), strict=True)
        ],
        "page_obj": page,
        "form": form,
        "chosen": set(request.POST.getlist("posts")),
    }
    status = 422 if form.errors else 200
    return render(request, "pages/forum/practice_posts.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the authors said so far, and the form that makes the draft."""
    topic = _topic(request, pk)
    proposal = _proposal(topic)
    if proposal is None:
        return redirect("forum:practice_posts", pk)
    initial = {"title": topic.title[:LONGEST_TITLE], "language": topic.language}
    posted = request.POST if request.method == "POST" else None
    form = PracticeForm(posted, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            page = actions.make_practice(
                proposal=proposal, editor=request.user, **form.cleaned_data
            )
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is made. It is yours to complete and submit."))
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "topic": topic,
        "proposal": proposal,
        "trail": _trail(topic),
        "requests": proposal.requests.select_related("post", "author__profile"),
        "usable": proposal.requests.usable().count(),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "pages/forum/practice.html", context, status=status)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the practice up before there is a draft."""
    topic = _topic(request, pk)
    proposal = _proposal(topic)
    if proposal is None:
        raise Http404
    try:
        actions.drop_proposal(proposal=proposal, editor=request.user)
    except errors.NotAllowed as error:
        raise Http404 from error
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("forum:practice", pk)
    messages.success(request, _("No practice is made of this topic for now."))
    return redirect(topic)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """An author's answer about the own posts; whoever is not asked gets 404."""
    if not request.user.is_authenticated:
        raise Http404
    topic = get_object_or_404(
        Topic.objects.visible_to(request.user).select_related(
            "category", "practice_proposal__page"
        ),
        pk=pk,
    )
    proposal = _proposal(topic)
    if proposal is None:
        raise Http404
    rows = list(proposal.requests.filter(author=request.user).select_related("post"))
    if not rows:
        raise Http404
    for row, text in zip(rows, shown(row.post.html for row in rows), strict=True):
        row.text = text
    is_published = proposal.page is not None and proposal.page.live
    initial = {"naming": rows[0].naming}
    posted = request.POST if request.method == "POST" else None
    form = ConsentForm(posted, proposal=proposal, author=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_consent(
                proposal=proposal,
                author=request.user,
                agreed=[post.pk for post in form.cleaned_data["agreed"]],
                naming=Naming(form.cleaned_data["naming"]),
            )
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answer is stored."))
            return redirect(topic)
    context: dict[str, Any] = {
        "topic": topic,
        "trail": _trail(topic),
        "rows": rows,
        "form": form,
        "is_published": is_published,
        "is_made": proposal.page is not None,
    }
    status = 422 if form.errors else 200
    return render(request, "pages/forum/consent.html", context, status=status)
