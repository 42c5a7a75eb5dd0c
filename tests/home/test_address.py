"""The site's full addresses are those of the settings, whatever the database said before."""

import pytest
from django.core.management import call_command
from wagtail.models import Site

from tests.factories.home import make_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://fashion.example.org", "https://fashion.example.org/en/about/"),
        ("http://localhost:8080", "http://localhost:8080/en/about/"),
        ("http://fashion.example.org", "http://fashion.example.org/en/about/"),
    ],
)
def test_migrate_takes_the_address_over(home_page, client, settings, address, expected):
    make_page(home_page, "About", slug="about")
    settings.WAGTAILADMIN_BASE_URL = address
    call_command("migrate", verbosity=0)
    html = client.get("/en/about/").content.decode()
    assert f'<link rel="canonical" href="{expected}">' in html
    assert expected in client.get("/sitemap.xml").content.decode()


def test_a_second_site_is_left_alone(home_page, settings):
    other = Site.objects.create(hostname="other.example.org", root_page=home_page)
    settings.WAGTAILADMIN_BASE_URL = "https://fashion.example.org"
    call_command("migrate", verbosity=0)
    other.refresh_from_db()
    assert (other.hostname, other.port) == ("other.example.org", 80)
