"""Mail that came back: the provider's own messages, sent to the address as the provider does it.

The payloads are those of Postmark's documentation of its webhooks.
"""

import json
from base64 import b64encode

import pytest

from forum import actions
from forum.models import NotificationPreferences
from forum.models.following import Level, MailStop
from tests.factories.forum import make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_distance")]

ADDRESS = "/mail/events/postmark/"
SECRET = "hook:a-long-secret"


@pytest.fixture
def _on(settings):
    settings.MAIL_EVENTS_PROVIDER = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


def bounce(email, kind="HardBounce", code=1):
    return {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": kind,
        "TypeCode": code,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {},
        "ServerID": 23,
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": email,
        "From": "noreply@example.org",
        "BouncedAt": "2026-11-05T16:33:54.9070259Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "New replies",
        "Content": "<Full dump of bounce>",
    }


def complaint(email):
    return bounce(email, "SpamComplaint", 512) | {
        "RecordType": "SpamComplaint",
        "Name": "Spam complaint",
        "Details": "Test spam complaint details",
    }


def send(client, payload, *, secret=SECRET, address=ADDRESS):
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    headers = {"Authorization": "Basic " + b64encode(secret.encode()).decode()} if secret else {}
    # Addresses without a language that are missing are sent on to one with it, where they are missing.
    return client.post(address, body, content_type="application/json", headers=headers, follow=True)


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize(
    ("payload", "why"), [(bounce, MailStop.BOUNCE), (complaint, MailStop.COMPLAINT)]
)
def test_mail_to_that_account_stops(
    client, member, answer, mailoutbox, payload, why, django_capture_on_commit_callbacks
):
    topic, other = make_topic(), MemberFactory()
    for one in (member, other):
        actions.follow_topic(user=one, topic=topic, level=Level.WATCH)
    assert send(client, payload(member.email.upper())).status_code == 200
    row = NotificationPreferences.objects.get()
    assert (row.user, row.mail_stop) == (member, why)
    with django_capture_on_commit_callbacks(execute=True):
        answer(MemberFactory(), topic)
    assert [mail.to for mail in mailoutbox] == [[other.email]]
    actions.resume_mail(user=member)
    actions.mark_read(user=member, topic=topic)
    with django_capture_on_commit_callbacks(execute=True):
        answer(MemberFactory(), topic)
    assert [member.email] in [mail.to for mail in mailoutbox]


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize(
    "kind", ["SoftBounce", "Transient", "DnsError", "AutoResponder", "Blocked"]
)
def test_what_may_pass_stops_nothing(client, member, kind):
    assert send(client, bounce(member.email, kind, 4096)).status_code == 200
    assert not NotificationPreferences.objects.exists()


@pytest.mark.usefixtures("_on")
def test_an_address_of_nobody_is_no_error(client):
    assert send(client, bounce("nobody@example.org")).status_code == 200


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize("secret", ["", "hook:wrong", "x"])
def test_a_wrong_secret_finds_nothing(client, member, secret):
    assert send(client, bounce(member.email), secret=secret).status_code == 404
    assert not NotificationPreferences.objects.exists()


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize(
    "payload", [b"", b"{", b"[]", b"3", b"\xff", {"Email": 3}, {"FromFull": {}}, bounce(["x"])]
)
def test_nonsense_makes_no_error(client, payload):
    assert send(client, payload).status_code in {200, 400}


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize("provider", ["mailgun", "nobody"])
def test_another_provider_is_missing(client, member, provider):
    address = f"/mail/events/{provider}/"
    assert send(client, bounce(member.email), address=address).status_code == 404


@pytest.mark.parametrize(("provider", "secret"), [("", ""), ("postmark", ""), ("", SECRET)])
def test_off_until_both_are_set(client, settings, member, provider, secret):
    settings.MAIL_EVENTS_PROVIDER, settings.ANYMAIL = provider, {"WEBHOOK_SECRET": secret}
    assert send(client, bounce(member.email)).status_code == 404
    assert not NotificationPreferences.objects.exists()
