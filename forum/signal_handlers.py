"""What the forum hears of: categories and pages that change, mail that comes back."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_init, post_save
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from core.bounces import mail_stopped
from core.tasks import enqueue
from forum import actions, moderators, tasks
from forum.models import Category
from forum.models.following import MailStop

# What search entries of topics and posts take from their category.
INDEXED = ("audience", "slug")


def _remember(sender: type[Category], instance: Category, **_kwargs: Any) -> None:
    loaded = instance.__dict__
    instance._indexed = tuple(loaded.get(name) for name in INDEXED)  # type: ignore[attr-defined]


def _index(sender: type[Category], instance: Category, created: bool, **_kwargs: Any) -> None:
    now = tuple(getattr(instance, name) for name in INDEXED)
    if not created and now != instance._indexed:  # type: ignore[attr-defined]
        enqueue(tasks.index_category, category_id=instance.pk)
    instance._indexed = now  # type: ignore[attr-defined]


def _compare(instance: Page, revision: Revision | None = None, **_kwargs: Any) -> None:
    if revision is not None:
        actions.compare_with_page(page=instance, published=revision)


def _stop_mail(user: Any, is_complaint: bool, **_kwargs: Any) -> None:
    actions.stop_mail(user=user, why=MailStop.COMPLAINT if is_complaint else MailStop.BOUNCE)


def connect() -> None:
    post_init.connect(_remember, sender=Category, dispatch_uid="forum-category-loaded")
    post_save.connect(_index, sender=Category, dispatch_uid="forum-category-saved")
    mail_stopped.connect(_stop_mail, dispatch_uid="forum")
    moderators.connect()
    page_published.connect(_compare, dispatch_uid="forum-page-published")
