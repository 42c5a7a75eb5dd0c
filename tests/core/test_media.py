"""Uploads that the site serves itself: pictures only, whatever the address looks like."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from core.views import media


@pytest.fixture
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/cloth.png", "documents/minutes.pdf"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_bytes(b"content")


def get(path):
    """The view's own answer: it is handed the path as the server decoded it."""
    return media(RequestFactory().get("/media/"), path=path)


def test_a_picture_is_served_and_may_be_kept(uploads):
    response = get("images/cloth.png")
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "documents/minutes.pdf",
        "images/../documents/minutes.pdf",
        "images/./../documents/minutes.pdf",
        "images//../documents/minutes.pdf",
        "images/../../../etc/passwd",
        "images/",
        "images",
    ],
)
def test_nothing_else_is(uploads, path):
    with pytest.raises(Http404):
        get(path)
