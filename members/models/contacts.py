"""Members who ask each other for contact."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.querysets_people import BlockQuerySet, ContactRequestQuerySet
from members.states import ContactState


class ContactRequest(models.Model):
    """One member asks another for contact, and says what about.

    `remind_on` and `close_on` are counted in working days when it is made; see
    `members.actions.contacts`.
    """

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contacts_asked"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contacts_received"
    )
    about = models.CharField(_("what it is about"), max_length=150)
    message = models.TextField(_("message"), max_length=2000)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(max_length=10, choices=ContactState.choices, default=ContactState.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    remind_on = models.DateField()
    close_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answer_language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = ContactRequestQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for contact")
        verbose_name_plural = _("requests for contact")
        indexes = [models.Index(fields=["state", "close_on"], name="contact_by_end")]
        constraints = [
            models.UniqueConstraint(
                Least("sender", "recipient"),
                Greatest("sender", "recipient"),
                condition=Q(state__in=["open", "accepted"]),
                name="contact_one_alive_per_pair",
            ),
            models.CheckConstraint(name="contact_of_two", condition=~Q(sender=F("recipient"))),
            models.CheckConstraint(
                name="contact_closed_after_its_reminder", condition=Q(close_on__gt=F("remind_on"))
            ),
            models.CheckConstraint(
                name="contact_dates_fit_state",
                condition=Q(state="open", answered_at=None, ended_at=None)
                | Q(state="accepted", answered_at__isnull=False, ended_at=None)
                | Q(state="declined", answered_at__isnull=False, ended_at__isnull=False)
                | Q(state__in=["withdrawn", "closed"], answered_at=None, ended_at__isnull=False)
                | Q(state="ended", answered_at__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_declined_in_words", condition=~Q(state="declined", answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} to {self.recipient_id}: {self.state}"


class Block(models.Model):
    """A member lets another ask for contact no more; the other is not told."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["owner", "blocked"], name="block_once"),
            models.CheckConstraint(name="block_of_another", condition=~Q(owner=F("blocked"))),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} blocks {self.blocked_id}"
