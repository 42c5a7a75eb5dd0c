"""What editors upload into the admin: an error at the field, and nothing kept, where it is no good."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from tests.uploads import BAD_PICTURES, archive, picture

pytestmark = pytest.mark.django_db

SVG = BAD_PICTURES["script.svg"]
IMAGES = {
    **{name: make for name, make in BAD_PICTURES.items() if name != "too-large.png"},
    "too-large.jpg": lambda: picture().read() + b"\0" * (10 * 1024 * 1024),
    "svg.png": SVG,
}
DOCUMENTS = {
    "script.svg": SVG,
    "page.html": lambda: b"<script>alert(1)</script>",
    "program.exe": lambda: b"MZ\x90\x00",
    "renamed.pdf": lambda: b"<html><script>alert(1)</script></html>",
    "renamed.docx": lambda: b"MZ\x90\x00 this is a program",
    "table.xlsx": lambda: archive({"[Content_Types].xml": "", "word/document.xml": ""}),
    "renamed.odt": lambda: archive({"readme.txt": "no document"}),
    "program.txt": lambda: b"MZ\x90\x00\x03\x00",
    "bomb.zip": lambda: archive({"cloth.txt": b"\0" * (2 * 1024 * 1024)}),
    "too-large.pdf": lambda: b"%PDF-1.7" + b"0" * (20 * 1024 * 1024),
    "empty.pdf": lambda: b"",
}
GOOD_DOCUMENTS = {
    "minutes.pdf": b"%PDF-1.7\n",
    "text.docx": archive({"[Content_Types].xml": "", "word/document.xml": ""}),
    "table.ods": archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "figures.csv": "name;värde\n".encode("cp1252"),
    "notes.txt": "Flødepuf".encode("utf-16"),
    "all.zip": archive({"a.txt": "a"}),
}


@pytest.fixture
def fields():
    return {"title": "Sample", "collection": Collection.get_first_root_node().pk}


@pytest.fixture
def browser(client_for, editor, settings):
    """The admin as an editor sees it; the second factor is tested with the accounts."""
    settings.MFA_REQUIRED_FOR_STAFF = False
    return client_for(editor)


def refused(answer):
    """The errors at the field of a form that came back."""
    assert answer.status_code == 200
    return answer.context["form"].errors["file"]


def refused_at_once(answer):
    """The same of the page for many files, which answers with JSON."""
    answer = answer.json()
    assert answer["success"] is False
    return answer["error_message"]


@pytest.mark.parametrize(("name", "make"), IMAGES.items(), ids=IMAGES)
def test_an_image_that_is_none_is_refused_at_the_field(browser, fields, name, make):
    image = {**fields, "description": "Cloth", "licence": "CC0-1.0"}
    content = make()
    answer = browser.post(
        reverse("wagtailimages:add"), {**image, "file": SimpleUploadedFile(name, content)}
    )
    assert len(refused(answer)) == 1
    answer = browser.post(
        reverse("wagtailimages:add_multiple"),
        {**fields, "files[]": SimpleUploadedFile(name, content)},
    )
    assert refused_at_once(answer)
    answer = browser.post(
        reverse("wagtailimages_chooser:create"),
        {
            **{f"image-chooser-upload-{key}": value for key, value in image.items()},
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
        },
    )
    assert refused(answer)
    assert not get_image_model().objects.exists()


def test_a_good_image_is_kept_as_it_is(browser, fields):
    image = {**fields, "description": "Cloth", "licence": "CC0-1.0"}
    answer = browser.post(reverse("wagtailimages:add"), {**image, "file": picture()})
    assert answer.status_code == 302
    kept = get_image_model().objects.get()
    assert (kept.width, kept.height) == (64, 64)
    # The words can be changed without the picture.
    answer = browser.post(
        reverse("wagtailimages:edit", args=[kept.pk]), {**image, "description": "Felt"}
    )
    assert answer.status_code == 302
    kept.refresh_from_db()
    assert kept.description == "Felt"


@pytest.mark.parametrize(("name", "make"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_a_document_that_is_none_is_refused_at_the_field(browser, fields, settings, name, make):
    settings.DOCUMENT_MAX_UNPACKED_SIZE = 1024 * 1024
    document = {**fields, "licence": "CC0-1.0", "language": "en"}
    content = make()
    answer = browser.post(
        reverse("wagtaildocs:add"), {**document, "file": SimpleUploadedFile(name, content)}
    )
    assert len(refused(answer)) == 1
    answer = browser.post(
        reverse("wagtaildocs:add_multiple"),
        {**fields, "files[]": SimpleUploadedFile(name, content)},
    )
    assert refused_at_once(answer)
    answer = browser.post(
        reverse("wagtaildocs_chooser:create"),
        {
            **{f"document-chooser-upload-{key}": value for key, value in document.items()},
            "document-chooser-upload-file": SimpleUploadedFile(name, content),
        },
    )
    assert refused(answer)
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(("name", "content"), GOOD_DOCUMENTS.items(), ids=GOOD_DOCUMENTS)
def test_a_good_document_is_kept(browser, fields, name, content):
    answer = browser.post(
        reverse("wagtaildocs:add"),
        {
            **fields,
            "licence": "CC0-1.0",
            "language": "en",
            "file": SimpleUploadedFile(name, content),
        },
    )
    assert answer.status_code == 302
    with get_document_model().objects.get().open_file() as kept:
        assert kept.read() == content
