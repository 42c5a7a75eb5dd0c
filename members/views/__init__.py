"""The member's own pages."""

from members.views.profile import profile

__all__ = ["profile"]
