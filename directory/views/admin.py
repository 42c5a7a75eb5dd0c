"""The coordinators' side, in the Wagtail admin: all organisations, filtered, decided one or many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.addresses import with_query
from directory import actions, errors, permissions
from directory.labels import labels
from directory.models import ClusterMembership, Country, Organisation
from directory.querysets import OrganisationQuerySet
from directory.states import Act, State
from directory.tables.files import MOST_ROWS
from directory.vocabulary import Kind, Level

PER_PAGE = 50
MOST_AT_ONCE = 100
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
QUEUE = {"url": reverse_lazy("directory_admin:queue"), "label": _("Organisations")}
BULK = {
    Act.PUBLISH: _("Publish"),
    Act.REQUEST_CHANGES: _("Request changes"),
    Act.ARCHIVE: _("Archive"),
}


class FilterForm(forms.Form):
    """What of the directory is shown; whatever is not understood narrows nothing."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *State.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("Type"), choices=[("", _("All")), *Kind.choices], required=False
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _now("All")), *labels(Country).items()],
        required=False,
    )
    cluster = forms.ChoiceField(
        label=_("Cluster"),
        choices=lambda: [
            ("", _now("All")),
            *Organisation.objects.public().clusters().order_by("name").values_list("pk", "name"),
        ],
        required=False,
    )
    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    is_orphaned = forms.BooleanField(label=_("Nobody looks after it"), required=False)

    def narrowed(self) -> OrganisationQuerySet:
        """The organisations that fit, the longest waiting first."""
        chosen = self.chosen()
        rows = Organisation.objects.order_by("submitted_at", "name", "pk")
        rows = rows.filter(**{n: chosen[n] for n in ("state", "kind", "country") if n in chosen})
        if "cluster" in chosen:
            members = ClusterMembership.objects.alive().filter(cluster=chosen["cluster"])
            rows = rows.filter(pk__in=members.values("organisation"))
        if "is_orphaned" in chosen:
            rows = rows.orphaned()
        return rows.named_like(chosen.get("name", ""))

    def chosen(self) -> dict[str, Any]:
        """{field: value} of what narrows, as it stands in an address."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class BulkForm(forms.Form):
    act = forms.ChoiceField(label=_("Decision"), choices=list(BULK.items()))
    reason = forms.CharField(
        label=_("What has to change, or why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )


class AwardForm(forms.Form):
    """A label of cluster excellence."""

    organisation = forms.ModelChoiceField(
        label=_("Cluster"), queryset=Organisation.objects.clusters().order_by("name", "pk")
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    awarded_on = forms.DateField(
        label=_("Awarded on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    source_url = forms.URLField(
        label=_("Source"), max_length=500, required=False, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        awarded, until = data.get("awarded_on"), data.get("valid_until")
        if awarded and until and until <= awarded:
            self.add_error("valid_until", _("A label ends after it was awarded."))
        organisation, level = data.get("organisation"), data.get("level")
        if organisation and organisation.awards.filter(level=level, awarded_on=awarded).exists():
            raise forms.ValidationError(_("This award is there already."))
        return data


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The organisations of the chosen filters, what waits first."""
    only_coordinators(request)
    filters = FilterForm(request.GET or {"state": State.SUBMITTED})
    chosen = urlencode(filters.chosen())
    page = Paginator(filters.narrowed(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "filters": filters,
        "bulk_form": BulkForm(),
        "query": f"{chosen}&" if chosen else "",
        "chosen": chosen,
        "most_rows": MOST_ROWS,
        "header_title": _("Organisations"),
        "header_icon": "group",
        "breadcrumbs_items": [HOME, QUEUE],
    }
    return render(request, "pages/directory/admin/queue.html", context)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do the same to all that were chosen; those that moved on meanwhile are named and left."""
    only_coordinators(request)
    form = BulkForm(request.POST)
    chosen_filters = urlencode(FilterForm(QueryDict(request.POST.get("filters", ""))).chosen())
    back = redirect(with_query(reverse("directory_admin:queue"), chosen_filters))
    pairs = map(_pair, request.POST.getlist("organisations")[:MOST_AT_ONCE])
    chosen = [pair for pair in pairs if pair is not None]
    if not form.is_valid() or not chosen:
        messages.error(request, _now("Choose organisations and a decision."))
        return back
    rows = Organisation.objects.in_bulk([key for key, _version in chosen])
    done = 0
    for key, version in chosen:
        organisation = rows.get(key)
        if organisation is None:
            continue
        try:
            with transaction.atomic():
                _do(organisation, Act(form.cleaned_data["act"]), version, request.user, form)
        except errors.NotAllowed:
            text = _now("%(name)s: this cannot be done with it now.")
            messages.error(request, text % {"name": organisation.name})
        except errors.Refused as refusal:
            messages.error(request, f"{organisation.name}: {refusal}")
        else:
            done += 1
    if done:
        text = ngettext("%(count)d organisation done.", "%(count)d organisations done.", done)
        messages.success(request, text % {"count": done})
    return back


def award(request: HttpRequest) -> HttpResponse:
    """Add a label to a cluster's history."""
    only_coordinators(request)
    form = AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.award_label(**{**data, "level": Level(data["level"])}, actor=request.user)
        messages.success(request, _now("The label is stored."))
        return redirect("directory_admin:award")
    context = {
        "form": form,
        "header_title": _("Label of cluster excellence"),
        "header_icon": "tick",
        "breadcrumbs_items": [
            HOME,
            QUEUE,
            {"url": reverse("directory_admin:award"), "label": _("Label")},
        ],
    }
    return render(request, "pages/directory/admin/award.html", context)


def _do(organisation: Organisation, act: Act, version: int, actor: Any, form: BulkForm) -> None:
    asked: dict[str, Any] = {"organisation": organisation, "actor": actor, "version": version}
    match act:
        case Act.PUBLISH if organisation.state in {State.DRAFT, State.CHANGES}:
            actions.put_on_site(**asked)
        case Act.PUBLISH:
            actions.publish(**asked)
        case Act.REQUEST_CHANGES:
            actions.request_changes(**asked, reason=form.cleaned_data["reason"])
        case Act.ARCHIVE:
            actions.archive(**asked, reason=form.cleaned_data["reason"])


def _pair(value: str) -> tuple[int, int] | None:
    key, _colon, version = value.partition(":")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in (key, version)):
        return None
    return int(key), int(version)


def only_coordinators(request: HttpRequest) -> None:
    """Raise Http404 for everybody else."""
    if not permissions.may_coordinate(request.user):
        raise Http404
