"""The review in the admin: decisions on a page that stands still, and translations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Page
from wagtail_localize.views.update_translations import UpdateTranslationsView

from home.actions import NothingToReviewError, submit_translation
from home.review import reviewed_state

ICONS = {"approve": "success", "reject": "edit"}


class DecisionMenuItem(ActionMenuItem):
    """Approve or request changes, beside a form that is locked."""

    template_name = "admin/home/review_menu_item.html"

    def __init__(self, name: str, label: Any, *, launch_modal: bool, url: str) -> None:
        super().__init__()
        self.name = f"action-review-{name}"
        self.label = label
        self.icon_name = ICONS.get(name, "edit")
        self.launch_modal = launch_modal
        self.url = url

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["launch_modal"] = self.launch_modal
        context["action_url"] = self.url
        return context

    @cached_property
    def media(self) -> Media:
        source = versioned_static("wagtailadmin/js/workflow-action.js")
        return Media(js=[Script(source, **{"data-activate": "dashboard"})])


def decision_items(page: Page, user: Any) -> list[DecisionMenuItem]:
    """The decisions that this user may take on a page that waits for review, approval first."""
    state = reviewed_state(page)
    if state is None:
        return []
    items = []
    for name, label, launch_modal in state.task.specific.get_actions(page, user):
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])
        items.append(DecisionMenuItem(name, label, launch_modal=launch_modal, url=url))
    return sorted(items, key=lambda item: item.name)


def submit_translation_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask, then submit the translation behind a page for review."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "admin/home/submit_translation.html", {"page": page})
    try:
        submit_translation(page=page, user=request.user)
    except NothingToReviewError:
        messages.error(request, _("There is nothing to submit: the page is already in review."))
    else:
        messages.success(request, _("The translation waits for a second pair of eyes."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


class ReviewedUpdateTranslationsView(UpdateTranslationsView):
    """Brings translations up to date; publishing them at once is left to who may publish."""

    def form_valid(self, form: Any) -> HttpResponse:
        if form.cleaned_data["publish_translations"] and not self._may_publish():
            form.add_error(
                "publish_translations",
                _("Translations go live by review: submit each of them, or ask an administrator."),
            )
            return self.render_to_response({**self.get_context_data(), "form": form})
        return super().form_valid(form)

    def _may_publish(self) -> bool:
        for translation in self.object.translations.filter(enabled=True):
            target = translation.get_target_instance()
            if isinstance(target, Page):
                if not target.permissions_for_user(self.request.user).can_publish():
                    return False
            elif not self.request.user.is_superuser:
                return False
        return True
