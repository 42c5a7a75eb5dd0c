"""Starting a topic, previews, and taking one's own post away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from core.audiences import visible_pages
from forum import actions, drafts, errors, permissions
from forum.forms import DecisionForm, TopicForm
from forum.models import Category, Post
from forum.views.navigation import place_of, trail
from forum.views.topics import preview_of, tell_state


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
        initial = {
            "category": _category_named(request),
            "page": page.pk if page else None,
            "title": page.title if page else "",
        }
        form = TopicForm(user=request.user, initial=initial | drafts.take(request))
        return _form(request, form, page)
    if "preview" in request.POST:
        form = TopicForm(user=request.user, initial=request.POST.dict())
        return _form(request, form, page, preview=preview_of(request))
    form = TopicForm(request.POST, user=request.user)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            topic = actions.start_topic(
                author=request.user,
                category=wanted["category"],
                title=wanted["title"],
                source=wanted["source"],
                language=wanted["language"],
                key=wanted["key"],
                page=page,
                tags=wanted["tags"],
            )
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_state(request, topic.state)
            return redirect(topic)
    return _form(request, form, page, status=422)


def _form(
    request: HttpRequest,
    form: TopicForm,
    page: Page | None,
    preview: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "page_about": page, "preview": preview, "trail": trail()}
    return render(request, "pages/forum/new_topic.html", context, status=status)


def _category_named(request: HttpRequest) -> Category | None:
    wanted = request.GET.get("category", "")
    visible = Category.objects.visible_to(request.user)
    return visible.filter(slug=wanted).first() if wanted.isprintable() else None


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
    return render(request, "pages/forum/_preview.html", {"preview": preview_of(request)})


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
        messages.success(request, _("Your post is deleted."))
        return redirect(topic.category if post.is_opening else topic)
    context = {"post": post, "form": form, "trail": trail(post.topic.category)}
    return render(request, "pages/forum/delete.html", context)
