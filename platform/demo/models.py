"""What the demo made, so that it can be taken away again and nothing else is."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoObject(models.Model):
    """One object that the demo made, by a key that never changes.

    The row outlives its object: what somebody deleted is not made a second time.
    """

    key = models.CharField(max_length=200, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("object of the demo")
        verbose_name_plural = _("objects of the demo")

    def __str__(self) -> str:
        return self.key
