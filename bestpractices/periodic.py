"""What recurs around practices."""

from datetime import timedelta

from bestpractices import actions
from core.periodic import register

register("ask_what_came_of_practices", actions.ask_due, every=timedelta(days=1))
