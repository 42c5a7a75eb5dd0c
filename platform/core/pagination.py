"""Bounded paging: a page past the end is a 404, and so is a number no list can reach."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

LAST_PAGE = 500


def page_of(request: HttpRequest, queryset: QuerySet[Any] | list[Any], per_page: int) -> Page:
    """The page that `?page=` names, the first without it.

    Raises Http404 for anything but a whole number between 1 and the last page, 500 at most.
    """
    number = request.GET.get("page", "1")
    try:
        if len(number) > 4 or int(number) > LAST_PAGE:
            raise EmptyPage
        return Paginator(queryset, per_page).page(number)
    except (EmptyPage, PageNotAnInteger, ValueError) as error:
        raise Http404 from error
