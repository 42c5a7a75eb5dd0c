"""Categories: where topics belong, and who may read them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import texts
from core.audiences import Audience
from forum.querysets import CategoryQuerySet

# Addresses of the forum's own views, which a category of that name would hide.
RESERVED_SLUGS = (
    *(
        "feed",
        "inbox",
        "latest",
        "mine",
        "new",
        "post",
        "preview",
        "read",
        "solved",
        "tag",
        "topic",
    ),
    *("unanswered", "unread", "watched"),
)
MOST_PREMODERATED = 100


class Category(models.Model):
    """A shelf of topics. Its audience is the audience of everything in it."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    names = models.JSONField(
        _("names in other languages"),
        default=dict,
        blank=True,
        help_text=_('One text for each language code: {"fr": "…"}.'),
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    descriptions = models.JSONField(_("descriptions in other languages"), default=dict, blank=True)
    audience = models.CharField(
        _("who may read it"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )
    language = models.CharField(
        _("main language"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty where every language is welcome."),
    )
    premoderated_posts = models.PositiveSmallIntegerField(
        _("posts to check"),
        default=2,
        validators=[MaxValueValidator(MOST_PREMODERATED)],
        help_text=_("So many first posts of each member wait here for a moderator."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("belongs to the page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown on the page of the category. Pages that show discussions lead back."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    topic_count = models.PositiveIntegerField(_("public topics"), default=0, editable=False)

    objects = CategoryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["position", "name", "pk"]
        verbose_name = _("forum category")
        verbose_name_plural = _("forum categories")
        constraints = [
            models.CheckConstraint(
                name="category_audience_known",
                condition=models.Q(audience__in=Audience.values),
            ),
            models.CheckConstraint(
                name="category_slug_not_reserved",
                condition=~models.Q(slug__in=RESERVED_SLUGS),
                violation_error_message=_("This address is one of the forum's own."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("forum:category", args=[self.slug])

    @property
    def label(self) -> str:
        """The name in the active language, else in English."""
        return texts.in_active_language(self.names, self.name)

    @property
    def about(self) -> str:
        """The description in the active language, else in English."""
        return texts.in_active_language(self.descriptions, self.description)

    def clean(self) -> None:
        super().clean()
        texts.check(self, "names", "descriptions")
