"""Reporting a post, and notices of illegal content by anybody."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.ratelimit import client_address, hit
from forum import actions, errors, permissions
from forum.addresses import post_at
from forum.forms import NoticeForm, ReportForm
from forum.forms.reports import kept_stamp
from forum.models import Post, Rule
from forum.models.reports import ADDRESS_LENGTH
from forum.views.navigation import place_of, trail

# In an hour. Only a hundred networks at once could shut the form for everybody.
NOTICES_PER_ADDRESS = 5
NOTICES_PER_NETWORK = 20
NOTICES_PER_MAILBOX = 5
NOTICES_IN_TOTAL = 2000
HOUR = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a post as a member; everybody else is led to the notice of illegal content."""
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("topic__category", "author"), pk=pk
    )
    if not permissions.may_report(request.user, post):
        if request.user.is_authenticated and post.author_id == request.user.pk:
            raise Http404
        return redirect(f"{reverse('forum:notice')}?post={post.pk}")
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            sent = actions.report_post(
                post=post,
                reporter=request.user,
                reason=wanted["reason"],
                explanation=wanted["explanation"],
                address=request.build_absolute_uri(post.get_absolute_url()),
                good_faith=wanted["good_faith"],
                language=_language(),
            )
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("forum:report_status", sent.reference)
    context = {
        "post": post,
        "form": form,
        "back": place_of(post),
        "rules": Rule.objects.active(),
        "trail": trail(post.topic.category),
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/forum/report.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """A notice of illegal content, by whoever found it."""
    if request.method != "POST":
        form = NoticeForm(initial={"address": _address_named(request)})
        return _form(request, form)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    wanted = form.cleaned_data
    if not _within_limits(request, wanted["email"]):
        form.add_error(None, str(errors.TooManyReports()))
        return _form(request, form, status=429)
    try:
        sent = actions.give_notice(
            explanation=wanted["explanation"],
            address=wanted["address"],
            name=wanted["name"],
            email=wanted["email"],
            good_faith=wanted["good_faith"],
            may_be_anonymous=wanted["may_be_anonymous"],
            language=_language(),
            post=post_at(request, wanted["address"]),
        )
    except errors.Refused as refusal:
        form.add_error(None, str(refusal))
        return _form(request, form, status=422)
    return redirect("forum:report_status", sent.reference)


def _form(request: HttpRequest, form: NoticeForm, status: int = 200) -> HttpResponse:
    stamp = kept_stamp(form["stamp"].value() or "")
    context = {"form": form, "stamp": stamp, "trail": trail()}
    return render(request, "pages/forum/notice.html", context, status=status)


def _within_limits(request: HttpRequest, email: str) -> bool:
    """A flood from one place, to one mailbox, or from everywhere at once is stopped.

    In this order: what one limit refuses does not count for those behind it.
    """
    address = client_address(request)
    limited = [
        ("forum-notice", address, NOTICES_PER_ADDRESS),
        ("forum-notice-network", network_of(address), NOTICES_PER_NETWORK),
        ("forum-notice-mail", email.lower(), NOTICES_PER_MAILBOX),
        ("forum-notice-all", "", NOTICES_IN_TOTAL),
    ]
    # Who may stay anonymous has no mailbox.
    return all(
        hit(scope, key, limit=limit, seconds=HOUR)
        for scope, key, limit in limited
        if key or scope == "forum-notice-all"
    )


def network_of(address: str) -> str:
    """The network that one subscriber or one host's neighbours share: /24, with IPv6 /48."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((known, 24 if known.version == 4 else 48), strict=False))


def _address_named(request: HttpRequest) -> str:
    """The permalink of the post that the address names, where this reader sees it."""
    number = request.GET.get("post", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return ""
    post = Post.objects.visible_to(request.user).filter(pk=int(number)).first()
    if post is None:
        return ""
    return request.build_absolute_uri(post.get_absolute_url())[:ADDRESS_LENGTH]


def _language() -> str:
    return (get_language() or "en")[:2]
