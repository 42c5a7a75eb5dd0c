"""From what was typed to a page: what is still missing, the values, and the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from contributions.errors import Incomplete, NowhereToStand
from contributions.models import Contribution
from contributions.steps import Step
from core.contributable import Contributable, StepForm

FORMS = (Step.STORY, Step.FACTS)


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a proposal from being sent: at which step, at which field, why."""

    step: Step
    field: str
    message: str


def kind_of(contribution: Contribution) -> Contributable:
    """The kind of a proposal. Raises NowhereToStand where no app offers it any more."""
    if contribution.about is None:
        raise NowhereToStand
    return contribution.about


def bound(kind: Contributable, step: Step, content: Mapping[str, Any]) -> StepForm:
    """The form of a step with what is stored, to be judged."""
    form = kind.story_form if step == Step.STORY else kind.facts_form
    return form(content.get(step.value) or {})


def problems(contribution: Contribution) -> list[Problem]:
    """Everything that is still missing or wrong, in the order of the steps."""
    kind = kind_of(contribution)
    found = []
    if not contribution.summary:
        found.append(Problem(Step.ABOUT, _("Summary"), _("This field is required.")))
    for step in FORMS:
        form = bound(kind, step, contribution.content)
        for name, messages in form.errors.items():
            label = str(form.fields[name].label) if name in form.fields else ""
            found += [Problem(step, label, str(message)) for message in messages]
    for number, picture in enumerate(contribution.pictures.all(), start=1):
        if not picture.is_described:
            found.append(
                Problem(
                    Step.PICTURES,
                    _("Picture %(number)s") % {"number": number},
                    _("Say what it shows, or mark it as decorative, and who made it."),
                )
            )
    return found


def values_of(kind: Contributable, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the forms and the first step say; None where a form is not valid."""
    values: dict[str, Any] = {}
    for step in FORMS:
        form = bound(kind, step, content)
        if not form.is_valid():
            return None
        values |= form.values()
    return values | {name: content.get(name) for name in ("title", "summary", "organisation")}


def page_of(contribution: Contribution) -> tuple[Page, Page]:
    """(parent, page as it will be): a new one, or the draft with what the member has changed.

    Nothing is saved. Raises Incomplete, NowhereToStand.
    """
    kind = kind_of(contribution)
    values = values_of(kind, contribution.first_content)
    if values is None:
        raise Incomplete
    if contribution.page_id is None:
        parent = kind.parent(contribution.language)
        if parent is None:
            raise NowhereToStand
        page = kind.blank(parent)
    else:
        stored = Page.objects.get(pk=contribution.page_id)
        parent = stored.get_parent()
        page = stored.specific.get_latest_revision_as_object()
        sent = values_of(kind, contribution.sent_content or {}) or {}
        values = {
            name: value for name, value in values.items() if name not in sent or sent[name] != value
        }
    kind.fill(page, values)
    return parent, page
