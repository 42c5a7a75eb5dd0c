"""Background work of the members."""

from __future__ import annotations

from django_tasks import task

from members import actions


@task()
def copy_data(*, pk: str) -> None:
    """Make the copy of personal data that was asked for."""
    actions.make_copy(pk=pk)
