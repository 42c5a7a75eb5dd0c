"""Pictures and PDF files that members attach to their posts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.files import private_storage
from forum.querysets import AttachmentQuerySet

ALT_LENGTH = 300
NAME_LENGTH = 150
FOLDER = "forum"


class AttachmentKind(models.TextChoices):
    """What can be attached."""

    IMAGE = "image", _("Picture")
    PDF = "pdf", _("PDF")


def path_of(attachment: Attachment, _name: str) -> str:
    """A path that tells nothing and that nobody can guess."""
    ending = "webp" if attachment.kind == AttachmentKind.IMAGE else "pdf"
    return f"{FOLDER}/{attachment.pk.hex[:2]}/{attachment.pk.hex}.{ending}"


class Attachment(models.Model):
    """A file beside a post. Before the post is sent it is its owner's alone.

    The submission key of the form ties it to the text until then, whether that is a draft or a
    form that came back with a refusal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="forum_attachments",
        db_index=False,
    )
    submission_key = models.UUIDField()
    post = models.ForeignKey(
        "forum.Post", null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    kind = models.CharField(max_length=10, choices=AttachmentKind.choices)
    file = models.FileField(upload_to=path_of, storage=private_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=NAME_LENGTH)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt = models.CharField(_("description of the picture"), max_length=ALT_LENGTH, blank=True)
    is_decorative = models.BooleanField(_("decorative"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [
            models.Index(fields=["owner", "submission_key"], name="attachment_of_form"),
            models.Index(
                fields=["created_at"], name="attachment_unsent", condition=Q(post__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="attachment_kind_known", condition=Q(kind__in=AttachmentKind.values)
            ),
            models.CheckConstraint(
                name="attachment_picture_has_a_size",
                condition=~Q(kind=AttachmentKind.IMAGE) | Q(width__gte=1, height__gte=1),
            ),
            models.CheckConstraint(
                name="attachment_picture_described",
                condition=Q(post__isnull=True)
                | ~Q(kind=AttachmentKind.IMAGE)
                | Q(is_decorative=True)
                | ~Q(alt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:attachment", args=[self.pk])

    @property
    def url(self) -> str:
        """The address of the view that checks who asks; the file itself has none."""
        return self.get_absolute_url()

    @property
    def alt_text(self) -> str:
        """What stands for the picture; empty for a decorative one."""
        return "" if self.is_decorative else self.alt

    @property
    def is_image(self) -> bool:
        return self.kind == AttachmentKind.IMAGE

    @property
    def is_described(self) -> bool:
        """Whether readers who do not see it know what it is."""
        return not self.is_image or self.is_decorative or bool(self.alt)
