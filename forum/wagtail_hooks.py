"""The forum in the Wagtail admin: categories, and the moderators' queue with its counter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.snippets import OneRule
from forum import errors, queue
from forum.decision_report import DecisionReportView
from forum.forms.categories import CategoryForm
from forum.forms.rules import RuleForm, ScopeForm
from forum.models import Category, ModeratorScope, Rule
from forum.permissions import may_moderate
from forum.service_levels import ServiceLevelsPanel
from forum.standing import holds
from forum.views import (
    correcting,
    moderation,
    moderation_cases,
    moderation_lists,
    moderation_topics,
)


class InStanding(OneRule):
    """Django's permissions by the forum's one rule: who is suspended has none."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return holds(user, self._get_permission_name(action))


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-1"
    menu_label = gettext_lazy("Forum categories")
    list_display = ["name", "audience", "language", "premoderated_posts", "topic_count"]
    ordering = ["position", "name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldPanel("names"),
            FieldPanel("description"),
            FieldPanel("descriptions"),
            FieldRowPanel([FieldPanel("audience"), FieldPanel("language")]),
            FieldRowPanel([FieldPanel("premoderated_posts"), FieldPanel("position")]),
            FieldPanel("moderators"),
            FieldPanel("page"),
        ],
        base_form_class=CategoryForm,
    )


class RuleViewSet(SnippetViewSet):
    model = Rule
    icon = "clipboard-list"
    menu_label = gettext_lazy("Forum rules")
    list_display = ["title", "code", "version", "active"]
    list_filter = ["active", "code"]
    copy_view_enabled = False
    inspect_view_enabled = True

    def get_form_class(self, for_update: bool = False) -> type[RuleForm]:
        return RuleForm


class ModeratorScopeViewSet(SnippetViewSet):
    model = ModeratorScope
    icon = "group"
    menu_label = gettext_lazy("Moderators’ scopes")
    list_display = ["user", "languages"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[ScopeForm]:
        return ScopeForm


for model in (Category, Rule, ModeratorScope):
    register_permission_policy(model, InStanding(model))
register_snippet(CategoryViewSet)
register_snippet(RuleViewSet)
register_snippet(ModeratorScopeViewSet)


@hooks.register("before_delete_snippet")
def keep_categories_with_topics(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """The database refuses it too; this says so in words."""
    categories = [one for one in instances if isinstance(one, Category)]
    kept = [one for one in categories if one.topics.exists()]
    alone = ModeratorScope.objects.select_related("user")
    left = [scope for one in categories for scope in alone.of_only(one)]
    if kept:
        text = _("%(name)s has topics and cannot be deleted.") % {"name": kept[0].label}
    elif left:
        text = str(errors.OnlyCategory(str(left[0].user)))
    else:
        return None
    messages.error(request, text)
    return redirect(Category.snippet_viewset.get_url_name("list"))


class QueueItem(MenuItem):
    """The way to the queue, with the number of waiting posts; moderators only see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        waiting = len(queue.rows(request.user)[: queue.MOST_COUNTED])
        number = str(waiting) if waiting < queue.MOST_COUNTED else f"{queue.MOST_COUNTED - 1}+"
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


@hooks.register("construct_homepage_panels")
def service_levels_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_moderate(request.user):
        panels.append(ServiceLevelsPanel())


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver | URLPattern]:
    patterns: Any = [
        path("", moderation.queue, name="queue"),
        path("bulk/", moderation_cases.bulk, name="bulk"),
        path("posts/<int:pk>/", moderation.post, name="post"),
        path("posts/<int:pk>/edit/", correcting.correct, name="correct"),
        path("posts/<int:pk>/dismiss-reports/", moderation_cases.dismiss, name="dismiss"),
        path("posts/<int:pk>/penalise/", moderation_cases.penalise, name="penalise"),
        path("penalties/<int:pk>/lift/", moderation_cases.lift, name="lift"),
        path("appeals/<int:pk>/", moderation_cases.appeal, name="appeal"),
        path("topics/", moderation_lists.topics, name="topics"),
        path("topics/<int:pk>/", moderation_topics.topic, name="topic"),
        path("notices/<int:pk>/", moderation_cases.notice, name="notice"),
        path("posts/<int:pk>/<slug:act>/", moderation.decide, name="decide"),
    ]
    return [
        path("forum/", include((patterns, "forum_moderation"))),
        path("reports/forum-decisions/", DecisionReportView.as_view(), name="forum_decisions"),
        path(
            "reports/forum-decisions/results/",
            DecisionReportView.as_view(results_only=True),
            name="forum_decisions_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def decisions_item() -> MenuItem:
    class DecisionsItem(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return may_moderate(request.user)

    return DecisionsItem(
        gettext_lazy("Forum decisions"),
        reverse("forum_decisions"),
        icon_name="clipboard-list",
        order=700,
    )
