"""Recurring work of the forum."""

from datetime import timedelta

from core.periodic import register
from forum import actions
from forum.notifications.mailing import send_digests
from forum.retention import prune

# Each account gets one in its day or week; the hours between let a missed one follow soon.
register("forum_digests", send_digests, every=timedelta(minutes=15))
register("forum_retention", prune, every=timedelta(days=1))
register("forum_prune_drafts", actions.prune_drafts, every=timedelta(days=1))
register("forum_prune_attachments", actions.prune_attachments, every=timedelta(hours=6))
