"""The member's own pages."""

from members.views.joining import joining
from members.views.profile import profile

__all__ = ["joining", "profile"]
