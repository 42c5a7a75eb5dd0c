"""Recurring work of contributions."""

from __future__ import annotations

from datetime import timedelta

from contributions import actions
from core import periodic

periodic.register("warn_of_contributions", actions.warn_of_end, every=timedelta(days=1))
periodic.register("prune_contributions", actions.prune, every=timedelta(days=1))
