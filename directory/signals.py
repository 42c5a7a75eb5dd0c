"""What others may want to know of the directory."""

from django.dispatch import Signal

# `users`: keys of accounts that may have gained or lost a place in a public organisation, or whose
# organisation has another name. Sent inside the transaction that does it.
places_changed = Signal()
