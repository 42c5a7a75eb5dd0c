"""How many organisations are where, kept so that nobody has to count them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.classifications import Country, Region


class PlaceCount(models.Model):
    """How many public organisations with a code are at a place; of rows alike the numbers add up.

    A change adds the rows of its difference, negative ones as well, and waits for nobody; from time to
    time rows alike are folded into one. `facet` and `code` are those of a filter, empty for all
    organisations. Places are the towns and regions that the directory knows, so rows are few.
    """

    facet = models.CharField(max_length=15, blank=True)
    code = models.CharField(max_length=40, blank=True)
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="+", db_index=False)
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="+", db_index=False, null=True
    )
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    number = models.IntegerField()

    class Meta:
        verbose_name = _("number of organisations at a place")
        verbose_name_plural = _("numbers of organisations at places")
        constraints = [
            models.CheckConstraint(
                name="place_count_says_something", condition=~models.Q(number=0)
            ),
            models.CheckConstraint(
                name="place_count_code_of_a_facet",
                condition=models.Q(facet="", code="") | ~models.Q(facet="") & ~models.Q(code=""),
            ),
        ]
        indexes = [models.Index(fields=["facet", "code"], name="place_count_by_code")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.facet or '*'} {self.code}: {self.number}"
