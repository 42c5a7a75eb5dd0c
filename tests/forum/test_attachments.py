"""Files beside posts: only what is really a picture or a PDF, and only for who may read the post."""

import io
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.audiences import Audience
from forum import actions, errors
from forum.actions.attachments import IMAGE_BYTES, LONGEST_SIDE, PDF_BYTES
from forum.models import Attachment
from forum.models.attachments import private_storage
from forum.states import State
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory, UserFactory
from tests.uploads import PDF, paper

pytestmark = pytest.mark.django_db


def picture(name="loom.jpg", size=(40, 30), **values):
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", size, "red").save(content, values.get("kind", "JPEG"), exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


@pytest.fixture
def key():
    return uuid4()


@pytest.fixture
def sent(member):
    """A published reply with a picture and a PDF."""
    key = uuid4()
    image = actions.attach(owner=member, key=key, upload=picture())
    actions.attach(owner=member, key=key, upload=paper())
    actions.describe(owner=member, key=key, texts={image.pk: ("A loom", False)})
    return actions.reply(
        author=member, topic=make_topic(), source="Look.", language="en", key=key, trusted=True
    )


class TestWhatIsTaken:
    def test_a_picture_is_drawn_anew(self, member, key):
        made = actions.attach(owner=member, key=key, upload=picture(size=(3200, 400)))
        content = made.file.open("rb").read()
        assert b"secret place" not in content
        with Image.open(io.BytesIO(content)) as stored:
            assert stored.format == "WEBP"
            assert stored.size == (made.width, made.height) == (LONGEST_SIDE, 200)
        assert made.size == len(content)
        assert made.name == "loom.jpg"

    def test_a_pdf_stays_as_it_is(self, member, key):
        made = actions.attach(owner=member, key=key, upload=paper(name="x/../mi<nu>tes.pdf"))
        assert made.file.open("rb").read() == PDF
        assert (made.kind, made.name, made.size) == ("pdf", "minutes.pdf", len(PDF))

    def test_the_path_tells_nothing_and_has_no_address(self, member, key):
        made = actions.attach(owner=member, key=key, upload=paper())
        assert "minutes" not in made.file.name
        assert Attachment._meta.get_field("file").deconstruct()[3]["storage"] is private_storage
        assert made.file.storage.exists(made.file.name)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<html><script>alert(1)</script>",
            b"MZ\x90\x00",
            b"GIF89a<script>",
            b"\n" + PDF,
            b"<script>%PDF-1.7" + PDF,
            PDF[:-7],
            PDF + b"<script>alert(1)</script>",
            PDF.replace(b"xref\n0", b"none\n0"),
            PDF.replace(b"startxref\n", b"startxref\n9"),
            b"%PDF-9.9" + PDF[8:],
            b"%PDF-1.7 and nothing",
        ],
    )
    def test_nothing_else(self, member, key, content):
        for name in ("a.pdf", "a.png", "a.svg"):
            with pytest.raises(ValidationError):
                actions.attach(
                    owner=member, key=key, upload=SimpleUploadedFile(name, content, "image/png")
                )
        assert not Attachment.objects.exists()

    @pytest.mark.parametrize(("content", "most"), [(PDF, PDF_BYTES), (b"\xff", IMAGE_BYTES)])
    def test_nothing_large(self, member, key, content, most):
        with pytest.raises(ValidationError, match="larger than"):
            actions.attach(owner=member, key=key, upload=paper(content + b"\n" * most))

    def test_five(self, member, key):
        for _number in range(5):
            actions.attach(owner=member, key=key, upload=paper())
        with pytest.raises(errors.TooManyFiles):
            actions.attach(owner=member, key=key, upload=paper())
        assert Attachment.objects.count() == 5

    def test_not_without_end(self, member, settings):
        settings.FORUM_LIMITS = {"unsent_attachments": 2}
        for _number in range(2):
            actions.attach(owner=member, key=uuid4(), upload=paper())
        with pytest.raises(errors.TooManyUploads):
            actions.attach(owner=member, key=uuid4(), upload=paper())

    def test_members_only(self, key):
        with pytest.raises(errors.NotAllowed):
            actions.attach(owner=UserFactory(), key=key, upload=paper())


class TestDescribed:
    def test_a_picture_needs_words_or_to_be_decorative(self, member, key, answer):
        topic = make_topic()
        one = actions.attach(owner=member, key=key, upload=picture())
        with pytest.raises(errors.NotDescribed):
            answer(member, topic, key=key)
        assert topic.posts.count() == 1
        actions.describe(owner=member, key=key, texts={one.pk: ("", True)})
        assert answer(member, topic, key=key).attachments.get() == one

    def test_only_by_its_owner(self, member, key):
        one = actions.attach(owner=member, key=key, upload=picture())
        actions.describe(owner=MemberFactory(), key=key, texts={one.pk: ("Mine", False)})
        actions.detach(owner=MemberFactory(), key=key, pk=one.pk)
        one.refresh_from_db()
        assert one.alt == ""

    def test_nobody_elses_files_come_along(self, member, key, answer):
        actions.attach(owner=MemberFactory(), key=key, upload=paper())
        assert not answer(member, make_topic(), key=key).attachments.exists()


class TestWhoMayFetch:
    def status(self, client_for, user, post):
        return {client_for(user).get(one.url).status_code for one in post.attachments.all()}

    def test_what_is_public(self, client_for, sent, member):
        for reader in (None, MemberFactory(), member):
            assert self.status(client_for, reader, sent) == {200}

    @pytest.mark.parametrize(
        ("state", "author_sees"),
        [
            (State.PENDING, True),
            (State.REJECTED, True),
            (State.HIDDEN, True),
            (State.DELETED, False),
        ],
    )
    def test_what_is_not(self, client_for, sent, member, state, author_sees):
        in_state(sent, state)
        for reader in (None, MemberFactory(), UserFactory()):
            assert self.status(client_for, reader, sent) == {404}
        assert self.status(client_for, member, sent) == {200 if author_sees else 404}
        assert self.status(client_for, ModeratorFactory(), sent) == {200}

    def test_with_its_topic(self, client_for, sent):
        in_state(sent.topic.posts.get(is_opening=True), State.HIDDEN)
        assert self.status(client_for, None, sent) == {404}

    def test_of_a_members_category(self, client_for, sent):
        sent.topic.category.audience = Audience.MEMBERS
        sent.topic.category.save()
        assert self.status(client_for, None, sent) == {404}
        assert self.status(client_for, MemberFactory(), sent) == {200}

    def test_before_it_is_sent(self, client_for, member, key):
        one = actions.attach(owner=member, key=key, upload=paper())
        assert client_for(member).get(one.url).status_code == 200
        for reader in (None, MemberFactory(), ModeratorFactory()):
            assert client_for(reader).get(one.url).status_code == 404

    def test_unknown(self, client):
        assert client.get(f"/en/forum/post/attachment/{uuid4()}/").status_code == 404

    def test_a_file_that_is_gone(self, client, sent):
        one = sent.attachments.first()
        one.file.storage.delete(one.file.name)
        assert client.get(one.url).status_code == 404


class TestHowItIsSent:
    @pytest.mark.parametrize(
        ("kind", "content_type", "disposition"),
        [
            ("image", "image/webp", 'inline; filename="loom.webp"'),
            ("pdf", "application/pdf", 'attachment; filename="minutes.pdf"'),
        ],
    )
    def test_headers(self, client, sent, kind, content_type, disposition):
        response = client.get(sent.attachments.get(kind=kind).url)
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"] == disposition
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "private, no-cache"

    def test_kept_by_the_browser_but_asked_for_each_time(self, client, sent):
        url = sent.attachments.first().url
        tag = client.get(url)["ETag"]
        assert client.get(url, headers={"if-none-match": tag}).status_code == 304
        in_state(sent, State.HIDDEN)
        assert client.get(url, headers={"if-none-match": tag}).status_code == 404

    def test_never_in_the_page_cache(self, client, sent, settings):
        settings.PAGE_CACHE_SECONDS = 60
        url = sent.attachments.first().url
        assert "X-Page-Cache" not in client.get(url)
        assert "X-Page-Cache" not in client.get(url)


class TestOnThePage:
    def test_shown_below_the_post(self, client, sent):
        text = client.get(sent.topic.get_absolute_url()).content.decode()
        assert 'alt="A loom"' in text
        assert "minutes.pdf" in text

    def test_moderators_see_it_before(self, client_for, sent, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False
        in_state(sent, State.PENDING)
        page = client_for(ModeratorFactory()).get(reverse("forum_moderation:post", args=[sent.pk]))
        assert 'alt="A loom"' in page.content.decode()


@pytest.mark.parametrize("audience", Audience.values)
def test_erasure_of_the_owner_keeps_the_posts_files(client_for, audience):
    author = ModeratorFactory()
    key = uuid4()
    actions.attach(owner=author, key=key, upload=paper())
    post = make_reply(make_topic(CategoryFactory(audience=audience), author), author)
    Attachment.objects.update(post=post)
    author.delete()
    assert client_for(ModeratorFactory()).get(Attachment.objects.get().url).status_code == 200
