"""Images and documents of our own, so that each can say what it shows and who made it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Licence(models.TextChoices):
    """Licences an image or document can carry; codes after the SPDX list."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    RESERVED = "all-rights-reserved", _("All rights reserved, used with permission")


class CustomImage(AbstractImage):
    """An image with an alternative text (Wagtail's description) or marked as decorative."""

    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The image adds nothing to the text, so screen readers pass over it."),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(
        _("licence"), max_length=40, choices=Licence.choices, default=Licence.RESERVED
    )
    is_generated = models.BooleanField(
        _("generated"), default=False, help_text=_("Made by a program, not a photograph.")
    )

    admin_form_fields = (
        *Image.admin_form_fields,
        "is_decorative",
        "credit",
        "licence",
        "is_generated",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(
                name="image_has_alternative_text_or_is_decorative",
                condition=models.Q(is_decorative=True) | ~models.Q(description=""),
                violation_error_message=_(
                    "Describe what the image shows, or mark it as decorative."
                ),
            )
        ]

    @property
    def alt(self) -> str:
        """The alternative text: empty for a decorative image."""
        return "" if self.is_decorative else self.description

    @property
    def default_alt_text(self) -> str:
        return self.alt


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"


class CustomDocument(AbstractDocument):
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(
        _("licence"), max_length=40, choices=Licence.choices, default=Licence.RESERVED
    )
    language = models.CharField(_("language"), max_length=10, default="en")

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence", "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        # A file that its field has refused is not here, and has had its error.
        if self.file:
            super().clean()


class DocumentText(models.Model):
    """The text of a document's file, for search.

    `state` and `text` are those of the file with this hash; while `is_waiting` the document has
    another file that was not read yet, and they count for nothing.
    """

    class State(models.TextChoices):
        """What came of reading the file."""

        READ = "read", _("Its text was read.")
        EMPTY = "empty", _("It holds no text, only pictures perhaps.")
        UNSUPPORTED = "unsupported", _("Files of this kind are not read.")
        ENCRYPTED = "encrypted", _("It is locked with a password.")
        BROKEN = "broken", _("It is broken.")
        BEYOND = "beyond", _("It is too large or too intricate.")

    document = models.OneToOneField(
        CustomDocument, on_delete=models.CASCADE, related_name="extracted"
    )
    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=20, choices=State.choices, blank=True)
    text = models.TextField(blank=True)
    is_cut = models.BooleanField(default=False)
    is_waiting = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")
        constraints = [
            models.CheckConstraint(
                name="document_text_waits_or_has_a_state",
                condition=models.Q(is_waiting=True) | ~models.Q(state=""),
            ),
            models.CheckConstraint(
                name="document_text_only_where_read",
                condition=models.Q(state="read") | models.Q(text="", is_cut=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def readable(self) -> str:
        """The text of the file that the document has now; empty while it waits to be read."""
        return "" if self.is_waiting else self.text
