"""Recurring work of opportunities."""

from datetime import timedelta

from core.periodic import register
from opportunities import actions

MINUTELY, HOURLY, DAILY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# As soon as the day is over: from then on its page is missing, and search must not lead there.
register("opportunities_expire", actions.expire, every=MINUTELY)
register("opportunities_warn_of_end", actions.warn_of_end, every=DAILY)
register("opportunities_remind", actions.remind, every=HOURLY)
register("opportunities_close_unanswered", actions.close_unanswered, every=HOURLY)
register("opportunities_ask_outcomes", actions.ask, every=DAILY)
register("opportunities_forget", actions.forget_old, every=DAILY)
