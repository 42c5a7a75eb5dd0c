"""The nets below tasks and signals: what was missed is done a minute, or a day, later."""

from datetime import timedelta

from core.periodic import register
from search.reading import read_all
from search.synchronising import keep

register("search_sync", keep, every=timedelta(minutes=1))
register("search_read_all", read_all, every=timedelta(days=1))
