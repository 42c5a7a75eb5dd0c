"""Forms of what a member shows, to whom, and of asking each other for contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from members.models import ContactRequest, Profile
from members.parts import Level, Part, level_of

MOST_LINKS = 5
LONGEST_LINK = 300
is_address = URLValidator(schemes=["http", "https"])
is_telephone = RegexValidator(
    r"^\+?[0-9][0-9 ()/.\-]{3,}$", _("Only digits, spaces and + ( ) / . - make a telephone number.")
)


class DetailsForm(forms.ModelForm[Profile]):
    """What others may need to place or to reach a member."""

    links = forms.CharField(
        label=_("Links"),
        required=False,
        max_length=MOST_LINKS * (LONGEST_LINK + 2),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Addresses that begin with https://, each on a line of its own, 5 at most."),
    )

    class Meta:
        model = Profile
        fields = ("position", "town", "telephone", "links")
        widgets = {
            "position": forms.TextInput({"autocomplete": "organization-title"}),
            "town": forms.TextInput({"autocomplete": "address-level2"}),
            "telephone": forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["links"] = "\n".join(self.instance.links)
        self.fields["telephone"].validators.append(is_telephone)

    def clean_links(self) -> list[str]:
        addresses = list(dict.fromkeys(self.cleaned_data["links"].split()))
        if len(addresses) > MOST_LINKS:
            raise ValidationError(_("Please choose 5 at most."))
        for address in addresses:
            if len(address) > LONGEST_LINK:
                raise ValidationError(_("This address is too long."))
            is_address(address)
        return addresses


class VisibilityForm(forms.Form):
    """One choice for each part of a profile, and the two that open it to others' questions."""

    accepts_requests = forms.BooleanField(
        label=_("Members may ask me for contact"),
        required=False,
        help_text=_("What you show to your contacts only is shown to a person whom you accept."),
    )
    is_listed = forms.BooleanField(
        label=_("Name me on the pages of my organisations in the directory"),
        required=False,
        help_text=_("To those to whom you show your roles in organisations."),
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "accepts_requests": profile.accepts_requests,
            "is_listed": profile.is_listed,
            **{str(part): level_of(profile.visibility, part) for part in Part},
        }
        for part in Part:
            self.fields[part.value] = forms.ChoiceField(label=part.label, choices=Level.choices)
        self.order_fields([part.value for part in Part])

    @property
    def levels(self) -> dict[Part, Level]:
        """What was chosen, once it is valid."""
        return {part: Level(self.cleaned_data[part.value]) for part in Part}


class ContactForm(forms.ModelForm[ContactRequest]):
    """What one member asks of another."""

    class Meta:
        model = ContactRequest
        fields = ("about", "message", "language")
        labels = {"language": _("Language of the message")}
        widgets = {"message": forms.Textarea({"rows": 6})}


class AnswerForm(forms.Form):
    """The words of an answer."""

    answer = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed where you decline."),
    )
    blocks = forms.BooleanField(
        label=_("If I decline: this person cannot ask me again"), required=False
    )


class MailForm(forms.ModelForm[Profile]):
    """Whether requests for contact are told by mail too."""

    class Meta:
        model = Profile
        fields = ("contact_mail",)
        labels = {"contact_mail": _("Mail about requests for contact")}
