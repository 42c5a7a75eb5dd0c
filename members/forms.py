"""Forms of the account and the profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.images import reencoded
from directory.labels import labels
from directory.models import Country
from members.models import Profile, User

AVATAR_SIDE = 512
AVATAR_BYTES = 5 * 1024 * 1024


def country_choices() -> list[tuple[str, str]]:
    return [("", _("Choose a country")), *labels(Country).items()]


def _agreement() -> SafeString:
    # In a tab of its own: what is typed into the form stays.
    link = format_html(
        '<a href="{}" target="_blank" rel="noopener">{}</a>', NOTICE, gettext("privacy notice")
    )
    return format_html(gettext("I have read the {notice} and agree to it."), notice=link)


NOTICE = reverse_lazy("members:privacy_notice")
agreement = lazy(_agreement, SafeString)


class RegistrationForm(forms.Form):
    """What registration asks besides e-mail and password; allauth puts the two together."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    agrees = forms.BooleanField(
        label=agreement(),
        error_messages={"required": _("Without this we may not keep an account of yours.")},
    )

    field_order = ("name", "country", "email", "password1", "password2", "agrees")

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth calls this after saving; the adapter has stored everything in one go."""


class ProfileForm(forms.ModelForm[Profile]):
    """A member's own profile, with the name and the language of the account."""

    name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language of the site and of mail to you"), choices=settings.LANGUAGES
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    avatar = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, 5 MB at most. Location data is removed."),
        widget=forms.FileInput({"accept": "image/*"}),
    )
    remove_avatar = forms.BooleanField(label=_("Remove the picture"), required=False)

    class Meta:
        model = Profile
        fields = ("organisation", "country", "languages", "bio")

    field_order = (
        "name",
        "organisation",
        "country",
        "languages",
        "bio",
        "language",
        "avatar",
        "remove_avatar",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.instance.user
        self.fields["name"].initial = user.name
        self.fields["language"].initial = user.language
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), choices=country_choices, required=False
        )
        self.order_fields(self.field_order)
        if not self.instance.avatar:
            del self.fields["remove_avatar"]
        if user.organisation_roles.exists():
            # What stands beside the name then says where the person belongs.
            del self.fields["organisation"]

    def clean_country(self) -> Country | None:
        code = self.cleaned_data["country"]
        return Country.objects.get(pk=code) if code else None

    def clean_avatar(self) -> ContentFile | None:
        upload = self.cleaned_data["avatar"]
        if not upload:
            return None
        return reencoded(upload, longest_side=AVATAR_SIDE, max_bytes=AVATAR_BYTES)
