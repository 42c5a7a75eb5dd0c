"""Recurring work of the forum."""

from __future__ import annotations

from datetime import timedelta

from core.periodic import register
from forum import actions

register("forum_prune_drafts", actions.prune_drafts, every=timedelta(days=1))
register("forum_prune_attachments", actions.prune_attachments, every=timedelta(hours=6))
