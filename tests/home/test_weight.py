"""How much a visitor's browser has to fetch to read a page, pictures aside."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser.site import build_site

pytestmark = pytest.mark.django_db

MOST_BYTES, MOST_REQUESTS = 150_000, 12
FILES = re.compile(r'<(?:link|script)[^>]*?(?:href|src)="/static/([^"]+\.(?:css|js|woff2))"')
# What a title in another alphabet adds, to any page but the one where one logs in. That has the
# three scripts of passkeys instead.
OTHER_LETTERS = "fonts/piazzolla-cyrillic.woff2"
LOGIN, MAP = "/en/accounts/login/", "/en/directory/map/"
# (bytes, requests) by which a page may be over: docs/operations.md says why.
OVER = {LOGIN: (0, 1), MAP: (50_000, 4)}
OUTLINES, FIRST_VIEW, MOST_DRAWN = "data/europe.json", "points/?box=-25,32,46,72&zoom=4", 200_000


def weight(path: str) -> int:
    content = Path(finders.find(path)).read_bytes()
    return len(content if path.endswith(".woff2") else gzip.compress(content))


def test_no_page_is_heavy(client, home_page):
    for address in build_site(home_page).public:
        html = client.get(address).content
        files = set(FILES.findall(html.decode()))
        if address != LOGIN:
            files.add(OTHER_LETTERS)
        total = len(gzip.compress(html)) + sum(weight(path) for path in files)
        more_bytes, more_requests = OVER.get(address.partition("?")[0], (0, 0))
        assert total <= MOST_BYTES + more_bytes, (address, total)
        assert 1 + len(files) <= MOST_REQUESTS + more_requests, (address, sorted(files))


def test_what_the_map_draws_first_is_light(client, home_page):
    build_site(home_page)
    points = client.get(f"{MAP}{FIRST_VIEW}")
    assert points.json()["features"]
    assert weight(OUTLINES) + len(gzip.compress(points.content)) <= MOST_DRAWN
