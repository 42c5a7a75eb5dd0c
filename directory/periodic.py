"""Recurring work of the directory."""

from datetime import timedelta

from core.periodic import register
from directory import actions, counts
from directory.tables.keeping import forget_old

register("directory_mark_stale", actions.mark_stale, every=timedelta(days=1))
register("directory_hand_on_claims", actions.hand_on_claims, every=timedelta(days=1))
register("directory_remind_of_labels", actions.remind_of_labels, every=timedelta(days=1))
register("directory_forget_ended", actions.forget_ended, every=timedelta(days=1))
register("directory_forget_imports", forget_old, every=timedelta(hours=6))
register("directory_fold_counts", counts.fold, every=timedelta(hours=6))
