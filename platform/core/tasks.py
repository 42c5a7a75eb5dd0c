"""Background work: one way to enqueue, the same for every queue."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django_tasks import task, task_backends
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend


def enqueue(work: Task[..., Any], **kwargs: Any) -> None:
    """Have a task done once the current transaction commits.

    The database queue is written in the same transaction, so a rollback enqueues nothing and a
    crash loses nothing. Where tasks run in-process, they run right after the commit.
    Arguments must be JSON values.
    """
    if isinstance(task_backends["default"], DatabaseBackend):
        work.enqueue(**kwargs)
    else:
        transaction.on_commit(partial(work.enqueue, **kwargs))


@task()
def deliver_mail(
    *, subject: str, text: str, html: str, to: list[str], headers: dict[str, str] | None = None
) -> None:
    """Send one message; a failing mail server fails the task, which the queue reports."""
    message = EmailMultiAlternatives(subject=subject, body=text, to=to, headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
