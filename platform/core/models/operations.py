"""Rows that the ground itself keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.generation import Area


class ContentChange(models.Model):
    """One change of public content; `core.generation` counts them.

    Rows are only inserted: a counter in one row would make all publishers wait for one another.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    area = models.CharField(
        max_length=10, choices=[(area.value, area.value) for area in Area], default=Area.SITE.value
    )

    class Meta:
        verbose_name = _("content change")
        verbose_name_plural = _("content changes")
        indexes = [models.Index(fields=["area", "-id"], name="content_change_newest")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.pk} {self.at:%Y-%m-%d %H:%M:%S}"


class PeriodicRun(models.Model):
    """When a recurring job last ran."""

    name = models.CharField(max_length=100, unique=True)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("periodic run")
        verbose_name_plural = _("periodic runs")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.name
