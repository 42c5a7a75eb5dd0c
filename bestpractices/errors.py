"""What an action refuses."""


class NotAllowed(Exception):
    """This person may not do this. Views answer 404."""
