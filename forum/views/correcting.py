"""A moderator changes the words of somebody's post, as far as a rule asks for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum import actions, errors
from forum.differences import compare
from forum.forms import CorrectionForm, OpeningCorrectionForm
from forum.models import Post
from forum.references import readable, resolve, typed
from forum.states import State
from forum.views import queueing
from forum.views.composing import preview_of
from forum.views.moderation_cases import HOME, QUEUE
from members.requests import user_of


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with the text, its preview and what it changes; a POST without "preview" does it."""
    post = get_object_or_404(
        Post.objects.moderatable_by(request.user)
        .filter(state=State.PUBLISHED)
        .select_related("topic__category", "author"),
        pk=pk,
    )
    form_class = OpeningCorrectionForm if post.is_opening else CorrectionForm
    if request.method != "POST":
        initial = {
            "title": post.topic.title,
            "source": typed(post.source),
            "version": post.version,
        }
        return _page(request, post, form_class(initial=initial))
    if "preview" in request.POST:
        return _page(request, post, form_class(initial=request.POST.dict()))
    form = form_class(request.POST)
    if form.is_valid():
        place = queueing.place_of(request, "report", key=pk)
        try:
            actions.correct_post(post=post, moderator=user_of(request), **form.cleaned_data)
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.Unchanged as refusal:
            form.add_error("source", str(refusal))
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("The text is changed.")
            messages.success(request, f"{post.topic.title}: {told}")
            if place is None:
                return redirect(queueing.address(request, "post", pk))
            return redirect(queueing.next_address(request, place))
    return _page(request, post, form, status=422)


def _page(
    request: HttpRequest, post: Post, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "post": post,
        "form": form,
        "query": queueing.query_of(queueing.filters_of(request)),
        "header_title": _("Edit a post"),
        "header_icon": "edit",
        "breadcrumbs_items": [HOME, QUEUE, {"url": "", "label": post.topic.title}],
    }
    if request.method == "POST":
        source = request.POST.get("source", "").replace("\x00", "")
        context["preview"] = preview_of(request, post.topic, before=post.source)
        now = resolve(source, topic=post.topic, before=post.source).source
        context["pieces"] = compare(readable(post.source), readable(now))
    return render(request, "pages/forum/admin/correct.html", context, status=status)
