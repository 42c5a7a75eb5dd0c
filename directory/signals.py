"""What others may want to know of the directory."""

from django.dispatch import Signal

# `users`: keys of accounts that have gained or lost a place in a public organisation. Sent inside
# the transaction that does it.
places_changed = Signal()
