"""What members propose, with its pictures and what the editors answered."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from contributions.querysets import ContributionQuerySet
from contributions.states import EDITABLE, WITH_PAGE, Naming, Outcome, State
from core.contributable import Contributable, kind_of
from core.files import private_storage
from core.models.media import Licence

FOLDER = "contributions"
ALT_LENGTH = 255


class Contribution(models.Model):
    """A page as a member writes it, from the first word to its publication.

    `content` holds what was typed, as {"story": {…}, "facts": {…}}, valid or not; `sent_content` what
    was sent last, so that a second sending changes on the page only what the member has changed since
    and leaves alone what the editors wrote. The page is there from the first sending on.
    """

    # Names it in addresses, and makes a form that is sent twice begin one.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    contributor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    kind = models.CharField(max_length=20)
    language = models.CharField(
        _("language of the text"), max_length=10, choices=settings.LANGUAGES
    )
    title = models.CharField(_("title"), max_length=255)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    content = models.JSONField(default=dict, blank=True)
    sent_content = models.JSONField(null=True, blank=True)
    naming = models.CharField(
        _("how you are named"),
        max_length=10,
        choices=Naming.choices,
        default=Naming.ORGANISATION,
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    # Agreed at every sending: the licence of the text, and how one is named.
    agreed_at = models.DateTimeField(null=True)
    # When its contributor was told last that it will be deleted for age.
    warned_at = models.DateTimeField(null=True)

    objects = ContributionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-changed_at", "pk"]
        indexes = [
            models.Index(fields=["state", "changed_at"], name="contribution_by_age"),
            models.Index(fields=["contributor", "-changed_at"], name="contribution_of_member"),
        ]
        constraints = [
            models.CheckConstraint(
                name="contribution_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="contribution_naming_known", condition=Q(naming__in=Naming.values)
            ),
            models.CheckConstraint(name="contribution_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="contribution_sent_is_agreed",
                condition=Q(state__in=[State.DRAFT, State.DECLINED]) | Q(agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_page_where_the_editors_have_it",
                condition=(
                    Q(state__in=[str(one) for one in WITH_PAGE], page__isnull=False)
                    | Q(state=State.PUBLISHED)
                    | Q(state__in=[State.DRAFT, State.DECLINED], page__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contributions:contribution", args=[self.key])

    @property
    def about(self) -> Contributable | None:
        """What can be done with this kind; None where nobody offers it any more."""
        return kind_of(self.kind)

    @property
    def is_editable(self) -> bool:
        """Whether its contributor can write in it now."""
        return self.state in EDITABLE

    @property
    def first_content(self) -> dict[str, Any]:
        """What is sent: the typed, and what the first step asks."""
        return {
            **self.content,
            "title": self.title,
            "summary": self.summary,
            "organisation": self.organisation.name if self.organisation else "",
        }


class Round(models.Model):
    """One sending and its answer."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="rounds")
    sent_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sending of a contribution")
        verbose_name_plural = _("sendings of contributions")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(answered_at__isnull=True),
                name="contribution_round_one_open",
            ),
            models.CheckConstraint(
                name="contribution_round_answered_is_dated",
                condition=Q(outcome="", answered_at__isnull=True)
                | Q(outcome__in=Outcome.values, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.sent_at:%Y-%m-%d}: {self.outcome}"


def path_of(picture: Picture, _name: str) -> str:
    """A path that tells nothing and that nobody can guess."""
    return f"{FOLDER}/{picture.pk.hex[:2]}/{picture.pk.hex}.webp"


class Picture(models.Model):
    """A picture of a proposal, kept where no address leads. With the publication it becomes an image."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="pictures"
    )
    file = models.FileField(upload_to=path_of, storage=private_storage, max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("description of the picture"), max_length=ALT_LENGTH, blank=True)
    is_decorative = models.BooleanField(_("decorative"), default=False)
    caption = models.CharField(_("caption"), max_length=255, blank=True)
    credit = models.CharField(_("who made it"), max_length=255, blank=True)
    licence = models.CharField(
        _("licence"), max_length=40, choices=Licence.choices, default=Licence.RESERVED
    )
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("picture of a contribution")
        verbose_name_plural = _("pictures of contributions")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contribution_picture_has_a_size", condition=Q(width__gte=1, height__gte=1)
            ),
            models.CheckConstraint(
                name="contribution_picture_licence_known",
                condition=Q(licence__in=Licence.values),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or str(self.pk)

    @property
    def url(self) -> str:
        """The address of the view that checks who asks; the file itself has none."""
        return reverse("contributions:picture", args=[self.contribution.key, self.pk])

    @property
    def is_described(self) -> bool:
        """Whether readers who do not see it know what it is, and everybody who made it."""
        return bool((self.is_decorative or self.alt) and self.credit)
