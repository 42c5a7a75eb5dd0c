"""Forms on the way from a thread to a best practice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forum.models import Post, Proposal
from forum.models.practices import Naming

LONGEST_TITLE = 100


class PostsForm(forms.Form):
    """Which posts of a page of the thread an editor would like to take over."""

    posts = forms.ModelMultipleChoiceField(
        queryset=Post.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["posts"]
        field.queryset = Post.objects.filter(pk__in=[post.pk for post in offered])


class ConsentForm(forms.Form):
    """An author's answer: which of the own posts, and under which name."""

    agreed = forms.ModelMultipleChoiceField(
        queryset=Post.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    naming = forms.ChoiceField(
        label=_("How shall the page name you?"), choices=Naming.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, proposal: Proposal, author: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agreed"]
        asked = proposal.requests.filter(author=author).values("post")
        field.queryset = Post.objects.filter(pk__in=asked)


class PracticeForm(forms.Form):
    """The title and the language of the draft."""

    title = forms.CharField(label=_("Title of the page"), max_length=LONGEST_TITLE)
    language = forms.ChoiceField(label=_("Language of the page"), choices=settings.LANGUAGES)
