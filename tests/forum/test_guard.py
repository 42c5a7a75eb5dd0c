"""The confidentiality guard: what it finds, and that it warns before anything is stored."""

from uuid import uuid4

import pytest

from forum import actions
from forum.guard import findings, fingerprint
from forum.models import ConfidentialTerm, Post
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import MemberFactory


def found(text, **values):
    return [(str(one.kind), one.text) for one in findings(text, **values)]


@pytest.mark.parametrize(
    "text",
    [
        "x@example.org",
        "first.last+tag@mail.example.org",
        "<a_b@example.co>",
        "mailto:x@example.org",
    ],
)
def test_email_addresses(text):
    assert [kind for kind, _ in found(f"Write to {text}.")] == ["e-mail address"]


@pytest.mark.parametrize(
    "text",
    [
        "+351 912 345 678",
        "00 34 93 123 45 67".replace(" ", "", 1),
        "+45 12 34 56 78",
        "+33(0)123456789",
        "01 23 45 67 89",
        "0888/123-456",
        "912 345 678",
        "912345678",
        "93 123 45 67".replace("93 1", "931 "),
    ],
)
def test_phone_numbers(text):
    assert [kind for kind, _ in found(f"Call {text} today")] == ["phone number"]


@pytest.mark.parametrize(
    "text",
    ["€12", "12 €", "12,50 €", "EUR 1.200,00", "1 200 EUR", "$ 5.50", "£3", "40 лв.", "250 lei",
     "300 kr", "12 euros", "DKK 99", "12 345,6 RON", "eur 7"],
)  # fmt: skip
def test_prices(text):
    assert [kind for kind, _ in found(f"It costs {text} a piece")] == ["price"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2014-2020 and 2021-2027 we wove 12 000 metres.",
        "ISO 9001, 40 tex, 300 g/m2, 3.5 % and 1,000,000 pieces.",
        "https://a.example/912345678?x=+351912345678",
        "On 24.11.2026 at 12:30, see #123 and 4 @ once.",
        "@[Anna](member:123456789)",
        "Neurons and eurhythmics 5",
    ],
)
def test_what_is_none_of_it(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        (["Loom & Co"], "for LOOM  & co, soon", ["LOOM  & co"]),
        (["Loom"], "Looms and heirloom", []),
        (["a.b"], "axb", []),
        (["Ткани"], "за ткани.", ["ткани"]),
        (["", "x"], "nothing", []),
    ],
)
def test_ones_own_words(terms, text, expected):
    assert [words for _, words in found(text, terms=terms)] == expected


def test_where_it_stands():
    got = findings("One\nx@example.org\n\n5 €", title="EUR 3 each")
    assert [(one.line, one.text) for one in got] == [
        (0, "EUR 3"),
        (2, "x@example.org"),
        (4, "5 €"),
    ]
    assert fingerprint(got) == fingerprint(got[::-1]) != fingerprint(got[1:])


@pytest.mark.parametrize("piece", ["1 ", "9", "1.", "a@", "+", "(0", "€1 ", "x" * 50 + " "])
def test_the_longest_text_ends(piece):
    findings((piece * 20_000)[:20_000], terms=["a b c"] * 100)


@pytest.mark.django_db
class TestBeforePosting:
    TEXT = "Ask x@example.org,\nshe sells it for 12 €."

    @pytest.fixture
    def browser(self, client_for, member):
        return client_for(member)

    @staticmethod
    def data(**values):
        return {"language": "en", "key": str(uuid4()), "website": ""} | values

    def test_warned_then_posted_anyway(self, browser):
        topic = make_topic()
        data = self.data(source=self.TEXT)
        page = browser.post(topic.get_absolute_url(), data)
        text = page.content.decode()
        assert page.status_code == 422
        assert "x@example.org</strong>" in text
        assert "(line 2)" in text
        assert "she sells it for" in text
        assert data["key"] in text
        assert topic.posts.count() == 1
        agreed = page.context["composer"].fingerprint
        browser.post(topic.get_absolute_url(), data | {"anyway": agreed})
        assert topic.posts.count() == 2

    def test_what_is_new_is_warned_of_again(self, browser):
        topic = make_topic()
        page = browser.post(topic.get_absolute_url(), self.data(source=self.TEXT))
        agreed = page.context["composer"].fingerprint
        more = self.data(source=self.TEXT + " And y@example.org", anyway=agreed)
        assert browser.post(topic.get_absolute_url(), more).status_code == 422
        assert topic.posts.count() == 1

    def test_ones_own_list(self, browser, member, category):
        ConfidentialTerm.objects.create(owner=member, text="Secret Mill")
        ConfidentialTerm.objects.create(owner=MemberFactory(), text="wool")
        data = self.data(category=category.pk, title="For secret mill", source="Who has wool?")
        page = browser.post("/en/forum/new/", data)
        assert page.status_code == 422
        assert "(in the title)" in page.content.decode()
        assert not Post.objects.exists()

    def test_an_edit_warns_of_what_is_new(self, browser, member):
        post = make_reply(make_topic(), member, source=self.TEXT)
        address = f"/en/forum/post/{post.pk}/edit/"
        same = self.data(source=self.TEXT + " Really.", version=1)
        assert browser.post(address, same).status_code == 302
        more = self.data(source=self.TEXT + " 99 €", version=2)
        assert browser.post(address, more).status_code == 422


@pytest.mark.django_db
class TestPreferences:
    address = "/en/forum/post/preferences/"

    def test_kept(self, client_for, member):
        browser = client_for(member)
        data = {"may_be_mentioned": "on", "terms": " Mill  One \n\nmill one\nTwo"}
        assert browser.post(self.address, data).status_code == 302
        assert list(member.confidential_terms.values_list("text", flat=True)) == ["Two", "mill one"]
        assert member.mention_consent
        text = browser.get(self.address).content.decode()
        assert "mill one" in text
        assert "checked" in text
        browser.post(self.address, {"terms": "TWO\nThree"})
        assert set(member.confidential_terms.values_list("text", flat=True)) == {"Two", "Three"}
        member.refresh_from_db()
        assert not hasattr(member, "mention_consent")

    @pytest.mark.parametrize("terms", ["x" * 101, "\n".join(map(str, range(101)))])
    def test_refused_with_the_text_kept(self, client_for, member, terms):
        page = client_for(member).post(self.address, {"terms": terms})
        assert page.status_code == 422
        assert terms.splitlines()[-1] in page.content.decode()

    def test_members_only(self, client):
        assert client.get(self.address).status_code == 302

    def test_terms_are_ones_own(self, member):
        other = MemberFactory()
        for one in (member, other):
            actions.keep_preferences(user=one, may_be_mentioned=False, terms=["Mill"])
        assert ConfidentialTerm.objects.count() == 2
