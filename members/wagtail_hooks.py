"""Members in the Wagtail admin: the texts that they agree to, each version for itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from members.models import ConsentText


class AddOnly(ModelPermissionPolicy):
    """A version that somebody may have agreed to is neither changed nor removed."""

    def user_has_permission(self, user, action):  # type: ignore[no-untyped-def]
        return action not in {"change", "delete"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):  # type: ignore[no-untyped-def]
        return any(self.user_has_permission(user, action) for action in actions)


class ConsentTextViewSet(SnippetViewSet):
    model = ConsentText
    icon = "clipboard-list"
    menu_label = _("Texts to agree to")
    list_display = ["purpose", "version", "published_at"]
    copy_view_enabled = False
    inspect_view_enabled = True
    panels = [
        FieldPanel("purpose"),
        MultiFieldPanel([FieldPanel("text"), FieldPanel("texts")], heading=_("Text")),
    ]


register_permission_policy(ConsentText, AddOnly(ConsentText))
register_snippet(ConsentTextViewSet)
