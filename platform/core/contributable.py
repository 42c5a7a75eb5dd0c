"""What members can propose. Each app says it in its `contributable.py`.

The app of contributions knows how a proposal is written, sent and answered; another app knows what a
page of its kind is made of. What is typed is kept as it was typed, valid or not, and becomes a page only
when it is sent.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from wagtail.models import Page

    from core.models import CustomImage

NUL = "\x00"


class StepForm(forms.Form):
    """One step of a proposal. `SECTIONS`: (heading, names of the fields) in the order of the page."""

    SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def sections(self) -> list[dict[str, Any]]:
        """[{title, fields}] for the page."""
        return [
            {"title": title, "fields": [self[name] for name in names]}
            for title, names in self.SECTIONS
        ]

    def raw(self) -> dict[str, Any]:
        """What was typed, as JSON can hold it; the form can be bound to it again."""
        return {
            name: _plain(field.widget.value_from_datadict(self.data, self.files, name))
            for name, field in self.fields.items()
        }

    def values(self) -> dict[str, Any]:
        """What a valid form says, for `Contributable.fill`; equal where the same was meant."""
        return dict(self.cleaned_data)


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    # PostgreSQL holds no NUL in texts.
    return value.replace(NUL, "") if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """A picture of a proposal, for its place on the page."""

    image: CustomImage
    caption: str


class Contributable(ABC):
    """One kind of page that members can propose.

    `label` names the kind and `invitation` the act ("Propose a best practice"). The values that
    `fill` gets are those of the two forms, and title, summary and organisation (a name or nothing).
    """

    label: Any
    invitation: Any
    explanation: Any
    title_length: int
    story_form: type[StepForm]
    facts_form: type[StepForm]

    @abstractmethod
    def parent(self, language: str) -> Page | None:
        """The page below which such pages stand, in this language or else in another; None without."""

    @abstractmethod
    def blank(self, parent: Page) -> Page:
        """A new page for below the parent, not saved."""

    @abstractmethod
    def fill(self, page: Page, values: Mapping[str, Any]) -> None:
        """Put these values on the page, and leave alone what they do not name."""

    @abstractmethod
    def illustrate(self, page: Page, pictures: Sequence[Illustration]) -> None:
        """Put the pictures on the page; the first stands for it in lists."""


_registry: dict[str, Contributable] = {}


def register(name: str, kind: Contributable) -> None:
    """Let members propose such pages; the name is a slug, stable and unique."""
    _registry[name] = kind


def registered() -> Iterator[tuple[str, Contributable]]:
    """(name, kind) of all that can be proposed, in the order of registration."""
    yield from list(_registry.items())


def kind_of(name: str) -> Contributable | None:
    """The kind of this name, or None."""
    return _registry.get(name)
