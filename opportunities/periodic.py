"""Recurring work of opportunities."""

from datetime import timedelta

from core.periodic import register
from opportunities import actions

HOURLY, DAILY = timedelta(hours=1), timedelta(days=1)

register("opportunities_expire", actions.expire, every=HOURLY)
register("opportunities_warn_of_end", actions.warn_of_end, every=DAILY)
register("opportunities_remind", actions.remind, every=HOURLY)
register("opportunities_close_unanswered", actions.close_unanswered, every=HOURLY)
register("opportunities_ask_outcomes", actions.ask, every=DAILY)
register("opportunities_forget", actions.forget_old, every=DAILY)
