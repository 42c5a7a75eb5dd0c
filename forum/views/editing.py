"""Editing one's own post, and what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forum import actions, permissions
from forum.differences import compare
from forum.forms import EditForm, EditOpeningForm, WritingForm
from forum.models import Post, PostRevision
from forum.references import readable, typed
from forum.views.composing import Composer, Handling, handle, uuid_of
from forum.views.navigation import place_of, trail
from members.requests import user_of

MOST_REVISIONS = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own post: its text and files, and with an opening post the topic's title."""
    post = _found(request, pk)
    if not permissions.may_edit(request.user, post):
        raise Http404
    form_class = EditOpeningForm if post.is_opening else EditForm
    removed = [key for word in request.POST.getlist("remove") if (key := uuid_of(word))]
    if request.method != "POST":
        initial = {
            "title": post.topic.title,
            "source": typed(post.source),
            "language": post.language,
            "version": post.version,
        }
        return _form(request, post, form_class(initial=initial), Composer(keeps_draft=False))

    def send(values: dict[str, Any]) -> HttpResponse:
        actions.edit_post(
            post=post,
            editor=user_of(request),
            source=values["source"],
            language=values["language"],
            version=values["version"],
            title=values.get("title", ""),
            key=values["key"],
            removed=removed,
        )
        messages.success(request, _("Your change is saved."))
        return redirect(place_of(post))

    how = Handling(
        open_form=lambda values: form_class(initial=values),
        bind=form_class,
        send=send,
        show=lambda form, composer, status: _form(request, post, form, composer, status, removed),
        topic=post.topic,
        before=post.source,
        title_before=post.topic.title if post.is_opening else "",
    )
    return handle(request, how)


@never_cache
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said before, and what each change took out and put in, the newest first."""
    post = _found(request, pk)
    visible = PostRevision.objects.visible_to(request.user, post)
    revisions = list(visible.select_related("editor")[: MOST_REVISIONS + 1])
    if not revisions and post.edited_at is None:
        raise Http404
    changes, after = [], readable(post.source)
    title, files = post.topic.title, [one.name for one in post.attachments.all()]
    for former in revisions[:MOST_REVISIONS]:
        before = readable(former.source)
        change: dict[str, Any] = {"revision": former, "pieces": compare(before, after)}
        if former.title and former.title != title:
            change["title"], title = compare(former.title, title), former.title
        if former.files is not None:
            change["removed"] = [name for name in former.files if name not in files]
            change["added"] = [name for name in files if name not in former.files]
            files = former.files
        changes.append(change)
        after = before
    context = {
        "post": post,
        "changes": changes,
        "first": revisions[-1] if revisions and len(revisions) <= MOST_REVISIONS else None,
        "first_text": after,
        "sees_all": post.author_id == request.user.pk or permissions.may_moderate(request.user),
        "trail": trail(post.topic.category),
    }
    return render(request, "pages/forum/history.html", context)


def _found(request: HttpRequest, pk: int) -> Post:
    """A post that the reader sees, or moderates."""
    posts = Post.objects.visible_to(request.user) | Post.objects.moderatable_by(request.user)
    return get_object_or_404(posts.select_related("topic__category", "author"), pk=pk)


def _form(
    request: HttpRequest,
    post: Post,
    form: WritingForm,
    composer: Composer,
    status: int = 200,
    removed: Sequence[UUID] = (),
) -> HttpResponse:
    composer.topic = post.topic
    composer.kept_files = list(post.attachments.all())
    for one in composer.kept_files:
        one.is_going = one.pk in removed  # type: ignore[attr-defined]
    context = {
        "form": form,
        "post": post,
        "composer": composer,
        "trail": trail(post.topic.category),
    }
    return render(request, "pages/forum/edit.html", context, status=status)
