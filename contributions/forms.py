"""Forms of the steps that every kind of proposal has."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contributions.actions import About
from contributions.models import Picture
from contributions.states import Naming
from core.contributable import Contributable
from core.models.media import Licence
from directory.models import Organisation


class AboutForm(forms.Form):
    """The first step."""

    title = forms.CharField(label=_("Title"))
    summary = forms.CharField(
        label=_("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One or two sentences for lists and search. Needed before you send it."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("One to which you belong. It is named on the page as the one behind it."),
    )

    def __init__(self, *args: Any, user: Any, kind: Contributable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = forms.CharField(
            label=self.fields["title"].label,
            max_length=kind.title_length,
            help_text=_("At most %(count)s characters.") % {"count": kind.title_length},
        )
        own = Organisation.objects.of(user).order_by("name", "pk")
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]

    def about(self) -> About:
        """What a valid form says."""
        return About(**self.cleaned_data)


class BeginForm(AboutForm):
    """The first step of a new proposal; the key makes sending it twice begin one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def about(self) -> About:
        return About(**{name: self.cleaned_data[name] for name in AboutForm.base_fields})


class PictureForm(forms.ModelForm[Picture]):
    """The words beside a picture that is there; all may wait until the proposal is sent."""

    class Meta:
        model = Picture
        fields = ("alt", "is_decorative", "caption", "credit", "licence")
        labels = {"alt": _("What the picture shows"), "is_decorative": _("It only decorates")}
        help_texts = {
            "alt": _("For people who do not see it. Needed before you send it."),
            "credit": _("The photographer or the owner of the rights."),
            "licence": _("You may only give what is yours or what you were allowed to use."),
        }

    def words(self) -> dict[str, Any]:
        """What a valid form says."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class UploadForm(PictureForm):
    """A new picture with its words."""

    file = forms.FileField(
        label=_("New picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, 10 MB at most."),
        widget=forms.FileInput({"accept": "image/*"}),
    )
    licence = forms.ChoiceField(
        label=_("Licence"), choices=Licence.choices, initial=Licence.RESERVED, required=False
    )
    field_order = ("file", *PictureForm.Meta.fields)

    def clean_licence(self) -> str:
        return str(self.cleaned_data["licence"] or Licence.RESERVED)


class SendForm(forms.Form):
    """The last step: how one is named, and the agreement."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    naming = forms.ChoiceField(
        label=_("How you are named on the page"),
        choices=Naming.choices,
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(
        label=_("I agree"),
        required=False,
        help_text=_(
            "I wrote this or may use it. Editors may shorten and correct it. The text is published"
            " under the licence CC BY 4.0, the pictures under the licence that I gave."
        ),
    )


class DeclineForm(forms.Form):
    """Turning a proposal down."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("The member gets it by mail, without your name."),
    )
