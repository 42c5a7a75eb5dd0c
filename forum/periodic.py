"""What recurs in the forum."""

from datetime import timedelta

from core.periodic import register
from forum.retention import prune

register("forum_retention", prune, every=timedelta(days=1))
