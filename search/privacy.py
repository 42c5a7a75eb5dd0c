"""What search holds about a person."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Holding, register, values
from search.models import SavedSearch

register(
    Holding(
        name="saved-searches",
        label=_("Saved searches"),
        links=("search.SavedSearch.user",),
        rows=values(SavedSearch, "user", "name", "text", "filters", "rhythm", "created_at"),
    )
)
