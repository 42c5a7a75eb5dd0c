"""The corpus through every field of the forum whose text is shown, on the pages that show it."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from forum import actions
from forum.models import Attachment, Draft, MentionConsent, PostRevision
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PAYLOADS = (Path(__file__).parent / "xss_corpus.txt").read_text(encoding="utf-8").splitlines()
ADDRESSES = {"href", "src", "action", "formaction", "data", "srcset", "ping", "xlink:href"}
FOREIGN = {"iframe", "object", "embed", "applet", "base", "frame", "frameset", "style", "math"}
# What htmx of our own asks for: no text may lead it elsewhere.
OWN_ADDRESSES = (
    "/en/forum/post/",
    "/en/forum/shelf-",
    "/en/forum/preview/",
    "/en/forum/inbox/",
    "/en/search/similar/",
)
PER_PAGE = 20


class Page(HTMLParser):
    """What a browser would make of a page: no element or attribute may be able to run anything."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.number = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.number += 1
        values = dict(attrs)
        shown = f"<{tag} {attrs}>"
        assert tag not in FOREIGN, shown
        assert not [name for name in values if name.startswith(("on", "hx-on", "data-hx"))], shown
        assert "style" not in values, shown
        assert "http-equiv" not in values, shown
        if tag == "script":
            assert values.get("src", "").startswith("/static/") or (
                values.get("type") == "application/ld+json"
            ), shown
        for name in ADDRESSES & values.keys():
            scheme = urlsplit((values[name] or "").strip()).scheme
            assert scheme in {"", "http", "https", "mailto"}, shown
        for name in values.keys() & {"hx-get", "hx-post"}:
            assert values[name].startswith(OWN_ADDRESSES), shown


def chunks(size=PER_PAGE):
    return [PAYLOADS[at : at + size] for at in range(0, len(PAYLOADS), size)]


def looked_at(browser, address, status=200, **query):
    answer = browser.get(address, query or None)
    assert answer.status_code == status
    text = answer.content.decode()
    assert Page(text).number
    return text


def author_named(payload):
    author = MemberFactory(name=payload[:150])
    author.profile.organisation = payload[:200]
    author.profile.save()
    return author


def put_file(payload, **values):
    return Attachment.objects.create(
        name=payload[:150], alt=payload[:300], kind="image", size=1, width=1, height=1, **values
    )


def test_posts_titles_names_organisations_and_files(client, client_for, member, category):
    browser = client_for(member)
    for chunk in chunks():
        topic = make_topic(
            category, author_named(chunk[0]), title=chunk[0][:160], source=f"x\n\n{chunk[0]}"
        )
        for payload in chunk[1:]:
            make_reply(topic, author_named(payload), source=f"x\n\n{payload}")
        for post, payload in zip(topic.posts.order_by("number"), chunk, strict=True):
            put_file(payload, post=post, submission_key=uuid4())
        last = topic.posts.last()
        looked_at(client, topic.get_absolute_url())
        looked_at(browser, topic.get_absolute_url(), quote=last.pk)
        make_reply(topic, source=f"x @[x](member:{last.author_id}) @[y](post:{last.pk})")
        looked_at(client, topic.get_absolute_url(), page=2)
        feed = client.get(f"{category.get_absolute_url()}feed/").content
        assert ElementTree.fromstring(feed).tag.endswith("feed")  # noqa: S314 (our own)
    looked_at(client, category.get_absolute_url())
    looked_at(client, "/en/forum/")


def test_former_texts_and_reasons(client_for, member):
    post = make_reply(make_topic(), member)
    browser = client_for(member)
    for chunk in chunks(10):
        PostRevision.objects.all().delete()
        for version, payload in enumerate(chunk):
            PostRevision.objects.create(
                post=post, version=version, source=payload, html="", language="en", reason=payload
            )
        looked_at(browser, f"/en/forum/post/{post.pk}/history/")


def test_drafts_and_words_of_ones_own(client_for, member):
    browser = client_for(member)
    for payload in PAYLOADS:
        Draft.objects.create(
            owner=member, key=uuid4(), title=payload[:160], source=payload, language="en"
        )
    looked_at(browser, "/en/forum/post/drafts/")
    looked_at(browser, "/en/forum/new/")
    for draft in Draft.objects.all()[::10]:
        looked_at(browser, "/en/forum/new/", draft=draft.pk)
    actions.keep_preferences(
        user=member, may_be_mentioned=True, terms=[payload[:100] for payload in PAYLOADS]
    )
    looked_at(browser, "/en/forum/post/preferences/")


def test_what_the_form_brings_back(client_for, member, category):
    """The text, the title, the files, the findings of the guard, and the preview."""
    browser = client_for(member)
    for number, chunk in enumerate(chunks()):
        key = uuid4()
        terms = [payload[:100] for payload in chunk]
        actions.keep_preferences(user=member, may_be_mentioned=False, terms=terms)
        for payload in chunk:
            put_file(payload, owner=member, submission_key=key, is_decorative=bool(number % 2))
        data = {
            "source": "\n\n".join(chunk),
            "title": chunk[0][:160],
            "language": "en",
            "key": str(key),
            "category": category.pk,
        }
        for extra in ({}, {"preview": "1"}, {"attach": "1"}):
            answer = browser.post("/en/forum/new/", data | extra)
            assert answer.status_code in {200, 422}
            assert Page(answer.content.decode()).number
        Attachment.objects.all().delete()


def test_members_who_are_found(client_for, member):
    browser = client_for(member)
    for payload in PAYLOADS:
        MentionConsent.objects.create(user=author_named(f"quod {payload}"))
    seen = 0
    for word in ("alert", "script", "onerror", "svg", "quod"):
        text = looked_at(browser, "/en/forum/post/members/", q=f"quod {word}")
        seen += text.count("data-insert")
    assert seen >= 30
