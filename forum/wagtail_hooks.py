"""The forum in the Wagtail admin: categories, and the moderators' queue with its counter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from forum.models import Category, Post
from forum.permissions import may_moderate
from forum.views import moderation

MOST_COUNTED = 100


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-1"
    menu_label = gettext_lazy("Forum categories")
    list_display = ["name", "audience", "language", "premoderated_posts", "topic_count"]
    ordering = ["position", "name"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("names"),
        FieldPanel("description"),
        FieldPanel("descriptions"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("premoderated_posts"), FieldPanel("position")]),
    ]


register_snippet(CategoryViewSet)


@hooks.register("before_delete_snippet")
def keep_categories_with_topics(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """The database refuses it too; this says so in words."""
    kept = [one for one in instances if isinstance(one, Category) and one.topics.exists()]
    if not kept:
        return None
    text = _("%(name)s has topics and cannot be deleted.") % {"name": kept[0].label}
    messages.error(request, text)
    return redirect(Category.snippet_viewset.get_url_name("list"))


class QueueItem(MenuItem):
    """The way to the queue, with the number of waiting posts; moderators only see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        waiting = Post.objects.moderatable_by(request.user).waiting()[:MOST_COUNTED].count()
        number = str(waiting) if waiting < MOST_COUNTED else f"{MOST_COUNTED - 1}+"
        label = _("Forum queue")
        return LinkMenuItem(
            self.name,
            f"{label} ({number})" if waiting else label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


@hooks.register("register_admin_menu_item")
def queue_item() -> QueueItem:
    return QueueItem(
        gettext_lazy("Forum queue"),
        reverse("forum_moderation:queue"),
        name="forum-queue",
        icon_name="comment",
        order=250,
    )


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    patterns: Any = [
        path("", moderation.queue, name="queue"),
        path("posts/<int:pk>/", moderation.post, name="post"),
        path("posts/<int:pk>/<slug:act>/", moderation.decide, name="decide"),
    ]
    return [path("forum/", include((patterns, "forum_moderation")))]
