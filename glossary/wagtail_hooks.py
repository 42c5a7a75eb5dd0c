"""Where editors keep the glossary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from glossary.models import GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    add_to_admin_menu = True
    menu_order = 350
    list_display = ["term", "synonyms", BooleanColumn("is_agreed", label=_("Agreed"))]
    list_filter = ["is_agreed"]
    # Few enough rows for the database to look through them as they are.
    search_fields = ["term", "synonyms", "variants"]
    search_backend_name = None
    ordering = ["term"]
    list_per_page = 50


register_snippet(GlossaryTermViewSet)
