"""People who use the site in a browser."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from playwright.sync_api import Page

PASSWORD = "linen-and-wool-42"


def with_password(user):
    """Give an account a password and a confirmed address, so that it can log in by the form."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(page: Page, user) -> Page:
    """Log in by the form, as people do."""
    page.goto("/en/accounts/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/members/profile/")
    return page
