"""Contributions are not found by themselves."""

from contributions.models import Contribution
from core import searchable

searchable.leave_out(
    Contribution,
    "a proposal is its member's and the editors'; once published it is found as a page",
)
