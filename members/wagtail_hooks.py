"""Members in the Wagtail admin: the texts that they agree to, each version for itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.snippets import Without
from members.models import ConsentText


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


# A version that somebody may have agreed to is neither changed nor removed.
register_permission_policy(ConsentText, Without(ConsentText, "change", "delete"))
register_snippet(ConsentTextViewSet)
