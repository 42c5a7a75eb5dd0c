"""What all tests of opportunities may use."""

import pytest

# What somebody writes who is interested.
SAID = {
    "message": "We would like to weave with you.",
    "language": "en",
    "contact_name": "The dye house",
    "contact_email": "dyes@example.org",
}


@pytest.fixture
def told(mailoutbox, django_capture_on_commit_callbacks):
    """`told(act, …)`: what an act said by mail once it was committed, as {address: subject and text}."""

    def run(act, *args, **values):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **values)
        return {mail.to[0]: f"{mail.subject}\n{mail.body}" for mail in mailoutbox}

    return run
