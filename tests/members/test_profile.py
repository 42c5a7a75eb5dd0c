"""The profile is one's own, and a picture in it is never kept as it came."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from members.actions import choose_mail, update_profile
from members.models import Profile
from tests.uploads import BAD_PICTURES, picture

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": "Dyer (sample)",
    "organisation": "Dye house (sample)",
    "country": "PT",
    "languages": ["pt", "en"],
    "bio": "Natural dyes.",
    "language": "pt",
}


@pytest.fixture
def address():
    return reverse("members:profile")


def test_a_member_changes_what_others_see(client_for, member, address):
    answer = client_for(member).post(address, FIELDS)
    assert answer.status_code == 302
    member.refresh_from_db()
    assert (member.name, member.language) == ("Dyer (sample)", "pt")
    assert (member.profile.country_id, member.profile.languages) == ("PT", ["pt", "en"])


def test_what_was_chosen_in_another_window_stays(member):
    seen = Profile.objects.get(user=member)
    choose_mail(profile=member.profile, contact_mail=False)
    values = {"country": None, "languages": ["pt"], "bio": "Natural dyes."}
    update_profile(profile=seen, name="Dyer (sample)", language="pt", **values)
    member.profile.refresh_from_db()
    assert (member.profile.contact_mail, member.profile.bio) == (False, "Natural dyes.")


def test_a_visitor_is_asked_to_log_in(client, address):
    assert client.get(address).url.startswith(reverse("account_login"))


def test_a_picture_is_drawn_anew_without_its_metadata(client_for, member, address):
    upload = picture(size=(1600, 800), exif_comment="51.5 N")
    client_for(member).post(address, {**FIELDS, "avatar": upload})
    member.profile.refresh_from_db()
    stored = Image.open(io.BytesIO(member.profile.avatar.read()))
    assert (stored.format, stored.size) == ("WEBP", (512, 256))
    assert not stored.getexif()


@pytest.mark.parametrize(("name", "content"), BAD_PICTURES.items())
def test_what_is_no_fit_picture_is_refused_at_the_field(client_for, member, address, name, content):
    upload = SimpleUploadedFile(name, content(), content_type="image/png")
    answer = client_for(member).post(address, {**FIELDS, "avatar": upload})
    assert answer.status_code == 422
    assert answer.context["form"].errors["avatar"]
    assert "Natural dyes." in answer.content.decode()
    member.profile.refresh_from_db()
    assert not member.profile.avatar


def test_a_picture_can_be_removed(client_for, member, address):
    client = client_for(member)
    client.post(address, {**FIELDS, "avatar": picture()})
    client.post(address, {**FIELDS, "remove_avatar": "on"})
    member.profile.refresh_from_db()
    assert not member.profile.avatar
