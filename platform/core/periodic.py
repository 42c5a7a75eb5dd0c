"""Work that recurs, run by `manage.py run_periodic` (every few minutes, by cron or a timer)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend

from core import generation

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    run: Callable[[], object]
    every: timedelta


_jobs: dict[str, Job] = {}


def register(name: str, run: Callable[[], object], *, every: timedelta) -> None:
    """Have `run` called at most once in `every`; the name is stable and unique."""
    _jobs[name] = Job(name, run, every)


def run_due(now: datetime | None = None) -> list[str]:
    """Run the jobs that are due and return their names.

    Two runs at once do not do a job twice: a job is claimed by compare-and-swap before it runs.
    One failing job is logged and does not keep the others from running; it is tried again at the
    next run.
    """
    from core.models import PeriodicRun

    moment = now or timezone.now()
    done = []
    for job in _jobs.values():
        run, _created = PeriodicRun.objects.get_or_create(name=job.name)
        last = run.last_at
        if last is not None and moment - last < job.every:
            continue
        if not PeriodicRun.objects.filter(pk=run.pk, last_at=last).update(last_at=moment):
            continue
        try:
            job.run()
        except Exception:
            logger.exception("periodic job %s failed", job.name)
            PeriodicRun.objects.filter(pk=run.pk, last_at=moment).update(last_at=last)
        else:
            done.append(job.name)
    return done


def prune_tasks() -> None:
    """Forget finished tasks after two weeks; a queue that runs in-process keeps none."""
    if isinstance(task_backends["default"], DatabaseBackend):
        call_command("prune_db_task_results", min_age_days=14, queue_name="*")


def _read_documents() -> None:
    from core.documents.reading import read_waiting

    read_waiting()


register("read_documents", _read_documents, every=timedelta(hours=1))
register("publish_scheduled", lambda: call_command("publish_scheduled"), every=timedelta(minutes=1))
register("prune_generations", generation.prune, every=timedelta(hours=6))
register("prune_tasks", prune_tasks, every=timedelta(days=1))
register("clear_sessions", lambda: call_command("clearsessions"), every=timedelta(days=1))
