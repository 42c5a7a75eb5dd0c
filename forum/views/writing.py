"""Starting a topic, previews, and taking one's own post away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from core.audiences import visible_pages
from forum import actions, drafts, errors, permissions
from forum.forms import DecisionForm, TopicForm, WritingForm
from forum.models import Category, Draft, Post, Topic
from forum.models.discussion import TITLE_LENGTH
from forum.references import shown
from forum.views.composing import Composer, Handling, files_of, handle, preview_of
from forum.views.navigation import place_of, trail
from forum.views.replying import tell_state

DRAFTS_OFFERED = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request: HttpRequest) -> HttpResponse:
    """Start a topic, in the category and about the page that the address names."""
    if not request.user.is_authenticated:
        return drafts.log_in_first(request)
    if not permissions.may_write(request.user):
        return render(request, "pages/forum/new_topic.html", {"form": None, "trail": trail()})
    page = _discussed(request)
    if request.method != "POST":
        return _blank(request, page)

    def send(values: dict[str, Any]) -> HttpResponse:
        topic = actions.start_topic(
            author=request.user,  # type: ignore[arg-type]
            category=values["category"],
            title=values["title"],
            source=values["source"],
            language=values["language"],
            key=values["key"],
            page=page,
            tags=values["tags"],
        )
        tell_state(request, topic.state)
        return redirect(topic)

    how = Handling(
        open_form=lambda values: TopicForm(user=request.user, initial=values),
        bind=lambda data: TopicForm(data, user=request.user),
        send=send,
        show=lambda form, composer, status: _form(request, form, page, composer, status),
        saved=lambda draft: (
            f"{reverse('forum:new')}?draft={draft.pk}" if draft else reverse("forum:new")
        ),
        page=page,
    )
    return handle(request, how)


def _blank(request: HttpRequest, page: Page | None) -> HttpResponse:
    """The form as it opens: with the draft that the address names, or what the address says."""
    composer = Composer()
    kept = drafts.take(request)
    wanted = request.GET.get("draft", "")
    own = Draft.objects.filter(owner=request.user.pk, topic=None)
    if not kept and wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        composer.draft = get_object_or_404(own.select_related("page"), pk=int(wanted))
    if composer.draft is not None:
        draft = composer.draft
        kept = {name: getattr(draft, name) for name in ("title", "source", "language", "key")}
        kept |= {"category": draft.category_id, "page": draft.page_id}
        composer.files = files_of(request.user, draft.key)
        if draft.page is not None:
            page = visible_pages(Page.objects.filter(pk=draft.page_id), request.user).first()
    initial = {
        "category": _category_named(request),
        "page": page.pk if page else None,
        "title": page.title if page else _title_named(request),
    }
    form = TopicForm(user=request.user, initial=initial | kept)
    offered = own[:DRAFTS_OFFERED] if not kept else ()
    return _form(request, form, page, composer, offered=offered)


def _form(
    request: HttpRequest,
    form: WritingForm,
    page: Page | None,
    composer: Composer,
    status: int = 200,
    offered: Iterable[Draft] = (),
) -> HttpResponse:
    context = {
        "form": form,
        "page_about": page,
        "composer": composer,
        "drafts": offered,
        "trail": trail(),
    }
    return render(request, "pages/forum/new_topic.html", context, status=status)


def _category_named(request: HttpRequest) -> Category | None:
    wanted = request.GET.get("category", "")
    visible = Category.objects.visible_to(request.user)
    return visible.filter(slug=wanted).first() if wanted.isprintable() else None


def _title_named(request: HttpRequest) -> str:
    """What somebody searched for in vain and now asks."""
    title = request.GET.get("title", "")
    return title[:TITLE_LENGTH] if title.isprintable() else ""


def _discussed(request: HttpRequest) -> Page | None:
    """The page that the new topic is about; one that the reader may not read is missing."""
    number = (request.POST if request.method == "POST" else request.GET).get("page", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    page = visible_pages(Page.objects.filter(pk=int(number)), request.user).first()
    if page is None:
        raise Http404
    return page


@never_cache
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The preview alone, for htmx."""
    if not permissions.may_write(request.user):
        raise Http404
    wanted = request.GET.get("topic", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    topic = Topic.objects.visible_to(request.user).filter(pk=number).first()
    return render(request, "pages/forum/_preview.html", {"preview": preview_of(request, topic)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether one's own post shall go, and take it away."""
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("topic__category"), pk=pk
    )
    if not permissions.may_delete(request.user, post):
        raise Http404
    form = DecisionForm(request.POST or None, initial={"version": post.version})
    if request.method == "POST" and form.is_valid():
        topic = post.topic
        try:
            actions.delete_own(post=post, author=request.user, version=form.cleaned_data["version"])
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.AlreadyHandled:
            # Without the name: authors are not told which moderator decided.
            messages.error(request, str(errors.AlreadyHandled(by="")))
            return redirect(place_of(post))
        messages.success(request, _("Nobody can read your post any more."))
        return redirect(topic.category if post.is_opening else topic)
    context = {
        "post": post,
        "body": shown([post.html])[0],
        "form": form,
        "is_fresh": permissions.is_fresh(post),
        "trail": trail(post.topic.category),
    }
    return render(request, "pages/forum/delete.html", context)
