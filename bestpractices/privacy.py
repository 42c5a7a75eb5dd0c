"""What practices hold about a person."""

from django.utils.translation import gettext_lazy as _

from bestpractices.models import Uptake
from core.privacy import Holding, register, values

register(
    Holding(
        name="practices-used",
        label=_("Practices that you used or want to try"),
        links=("bestpractices.Uptake.user",),
        rows=values(Uptake, "user", "practice__title", "kind", "created_at", "outcome", "report"),
    )
)
