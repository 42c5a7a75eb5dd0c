"""All writes of contributions: the only code that changes a state."""

from contributions.actions.answering import (
    decline,
    note_changes_asked,
    note_gone,
    note_published,
)
from contributions.actions.erasing import forget_person, prune, warn_of_end
from contributions.actions.pictures import add_picture, describe_pictures, remove_picture
from contributions.actions.sending import discard, send, withdraw
from contributions.actions.writing import About, begin, save_about, save_step

__all__ = [
    "About",
    "add_picture",
    "begin",
    "decline",
    "describe_pictures",
    "discard",
    "forget_person",
    "note_changes_asked",
    "note_gone",
    "note_published",
    "prune",
    "remove_picture",
    "save_about",
    "save_step",
    "send",
    "warn_of_end",
    "withdraw",
]
