"""What people agreed to, the copies of their data that they asked for, and their leaving."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import texts
from core.files import private_storage

FOLDER = "copies"


class Purpose(models.TextChoices):
    """What is agreed to."""

    MEMBERSHIP = "membership", _("Privacy notice for members")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def in_force(self, purpose: Purpose) -> ConsentText | None:
        """The newest version of a text, or None where there is none yet."""
        return self.filter(purpose=purpose).order_by("-version").first()


class ConsentText(texts.Versioned):
    """One version of a text that people agree to. A change of its words is a new version."""

    WORDING = ("purpose", "version", "text", "texts")

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    version = models.PositiveIntegerField(_("version"), editable=False)
    text = models.TextField(_("text"), max_length=20_000)
    texts = models.JSONField(
        _("texts in other languages"),
        default=dict,
        blank=True,
        help_text=_('One text for each language code: {"fr": "…"}.'),
    )
    published_at = models.DateTimeField(_("in force since"), default=timezone.now, editable=False)

    objects = models.Manager.from_queryset(ConsentTextQuerySet)()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["purpose", "-version"]
        verbose_name = _("text to agree to")
        verbose_name_plural = _("texts to agree to")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; a new one is the next version."""
        if self._state.adding and not self.version:
            same = ConsentText.objects.filter(purpose=self.purpose)
            self.version = (same.aggregate(last=models.Max("version"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        texts.check(self, "texts")


class Consent(models.Model):
    """Who agreed to which version, in which language and when (GDPR, article 7 (1))."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    given_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-given_at"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [models.UniqueConstraint(fields=["user", "text"], name="consent_given_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.text_id}"


def copy_path(copy: DataCopy, _name: str = "") -> str:
    """A path that tells nothing and that nobody can guess."""
    return f"{FOLDER}/{copy.pk.hex[:2]}/{copy.pk.hex}.zip"


class DataCopyQuerySet(models.QuerySet["DataCopy"]):
    def available(self, user: Any) -> DataCopyQuerySet:
        """A person's own copies that can be fetched now."""
        return self.filter(user=user, ready_at__isnull=False, expires_at__gt=timezone.now())


class DataCopy(models.Model):
    """A copy of everything about a person: asked for, made in the background, gone after a week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_copies"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to=copy_path, storage=private_storage, max_length=200)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")

    objects = models.Manager.from_queryset(DataCopyQuerySet)()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-requested_at"]
        verbose_name = _("copy of personal data")
        verbose_name_plural = _("copies of personal data")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ready_at=None), name="data_copy_one_at_work"
            ),
            models.CheckConstraint(
                condition=Q(ready_at=None, expires_at=None) | Q(expires_at__gt=F("ready_at")),
                name="data_copy_ready_ends",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ErasureRequest(models.Model):
    """Somebody wants to leave; until `due_at` they can think better of it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure_request"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("requested_at")), name="erasure_has_a_grace_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.due_at:%Y-%m-%d}"
