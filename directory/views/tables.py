"""Organisations by file, in the Wagtail admin: brought in after a dry run, and written out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.states import State
from directory.tables import keeping
from directory.tables.columns import columns
from directory.tables.files import MOST_BYTES, MOST_ROWS, TYPES, Table, Unreadable, read, written
from directory.tables.resource import Found, OrganisationResource
from directory.views.admin import HOME, QUEUE, FilterForm, only_coordinators

# More are counted only.
MOST_FAULTS = 500
MOST_CHANGES = 100


class UploadForm(forms.Form):
    """A file, read as a table when it is judged: `cleaned_data["file"]` is (content, Table)."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, or XLSX; 10,000 rows and 10 MB at most."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )
    changes_existing = forms.BooleanField(
        label=_("Change the organisations that are there already"),
        help_text=_(
            "Otherwise they stay as they are. They are known by their slug, or by name and country."
        ),
        required=False,
    )

    def clean_file(self) -> tuple[bytes, Table]:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is too large: 10 MB at most."))
        content = upload.read()
        try:
            return content, read(content)
        except Unreadable as error:
            raise ValidationError(str(error)) from error


@never_cache
def bring_in(request: HttpRequest) -> HttpResponse:
    """Judge a file, show what it would do or what is wrong; on the second step, do it."""
    only_coordinators(request)
    if request.method == "POST" and "word" in request.POST:
        return _import(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    content, table = form.cleaned_data["file"]
    changes_existing = form.cleaned_data["changes_existing"]
    found = _run(request, table, changes_existing, dry_run=True)
    word = ""
    if not found.faults and (found.new or found.changed):
        word = keeping.keep(content, request.user, changes_existing=changes_existing)
    return _page(request, form, found, word)


def _import(request: HttpRequest) -> HttpResponse:
    kept = keeping.fetch(request.POST["word"], request.user)
    if kept is None:
        messages.error(request, _now("This file was imported already, or is older than a day."))
        return redirect("directory_admin:import")
    name, content, changes_existing = kept
    found = _run(request, read(content), changes_existing, dry_run=False)
    keeping.forget(name)
    if found.faults:
        # Somebody has changed the directory since the dry run.
        return _page(request, UploadForm(), found)
    told = ngettext("%(count)d organisation is new.", "%(count)d organisations are new.", found.new)
    changed = ngettext(
        "%(count)d organisation is changed.", "%(count)d organisations are changed.", found.changed
    )
    words = f"{told % {'count': found.new}} {changed % {'count': found.changed}}"
    messages.success(request, words)
    state = f"?state={State.DRAFT}&is_orphaned=on" if found.new else "?kind="
    return redirect(reverse("directory_admin:queue") + state)


def _run(request: HttpRequest, table: Table, changes_existing: bool, *, dry_run: bool) -> Found:
    resource = OrganisationResource(actor=request.user, changes_existing=changes_existing)
    return resource.run(table.dataset, table.numbers, dry_run=dry_run)


def _page(
    request: HttpRequest, form: UploadForm, found: Found | None = None, word: str = ""
) -> HttpResponse:
    is_wrong = bool(form.errors or (found and found.faults))
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "word": word,
        "columns": columns(),
        "faults": found.faults[:MOST_FAULTS] if found else [],
        "changes": found.changes[:MOST_CHANGES] if found else [],
        "header_title": _("Import organisations"),
        "header_icon": "upload",
        "breadcrumbs_items": [
            HOME,
            QUEUE,
            {"url": reverse_lazy("directory_admin:import"), "label": _("Import")},
        ],
    }
    status = 422 if is_wrong else 200
    return render(request, "pages/directory/admin/import.html", context, status=status)


@require_safe
def write_out(request: HttpRequest, kind: str) -> HttpResponse:
    """The organisations of the filters as a file, in the columns of the import."""
    only_coordinators(request)
    filters = FilterForm(request.GET)
    keys = list(filters.narrowed().values_list("pk", flat=True)[: MOST_ROWS + 1])
    if len(keys) > MOST_ROWS:
        told = _now("A file holds %(most)d organisations at most: choose fewer.")
        messages.error(request, told % {"most": MOST_ROWS})
        return redirect("directory_admin:queue")
    return _file(kind, keys, "organisations")


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """A file with the names of the columns and nothing else."""
    only_coordinators(request)
    return _file(kind, [], "organisations-empty")


def _file(kind: str, keys: list[int], name: str) -> HttpResponse:
    if kind not in TYPES:
        raise Http404
    response = HttpResponse(written(kind, keys), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    return response
