"""A page that is being written may stand in the admin's frame; a live one in nobody's."""

import pytest

from tests.factories.home import make_page

pytestmark = pytest.mark.django_db
POLICY = "Content-Security-Policy"


def test_a_preview_may_be_framed_by_the_admin_only(home_page, client, rf, editor):
    page = make_page(home_page, "About")
    request = rf.get("/admin/")
    request.user = editor
    preview = page.make_preview_request(request)
    assert preview.status_code == 200
    assert "frame-ancestors 'self'" in preview[POLICY]
    assert "frame-ancestors 'none'" in client.get(page.url)[POLICY]
