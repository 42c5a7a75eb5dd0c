"""The nets below tasks and signals, mail about saved searches, and forgetting what was asked."""

from datetime import timedelta

from core.periodic import register
from search import tallies
from search.mailing import send_due
from search.reading import read_all
from search.synchronising import keep

register("search_sync", keep, every=timedelta(minutes=1))
register("search_read_all", read_all, every=timedelta(days=1))
# Each gets one mail in its day or week; the hours between let a missed one follow soon.
register("search_mail", send_due, every=timedelta(minutes=15))
register("search_prune_tallies", tallies.prune, every=timedelta(days=1))
