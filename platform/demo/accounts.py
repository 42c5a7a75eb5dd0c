"""People of the demo: roles instead of persons, at example.org, with a password for everybody."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from demo.publishing import days_ago
from demo.registry import Registry
from demo.source import read
from directory.models import Country
from members.groups import COORDINATORS, EDITORS, MEMBERS, MODERATORS
from members.models import Profile, User

PASSWORD = "fashion-demo"  # noqa: S105
GROUPS = {
    "member": (MEMBERS,),
    "editor": (MEMBERS, EDITORS),
    "moderator": (MEMBERS, MODERATORS),
    "coordinator": (MEMBERS, COORDINATORS),
    "administrator": (MEMBERS,),
    # Registered, and not yet a member: what they have asked is in `claims.yaml`.
    "newcomer": (),
}
# Members belong to a sample organisation, by `roles.yaml`; those who work for the platform need none.
STANDS_ALONE = ("editor", "moderator", "coordinator", "administrator")
MEMBER_SINCE_DAYS, NEWCOMER_DAYS = 400, 45


@transaction.atomic
def load(registry: Registry) -> dict[str, User]:
    """Make the accounts; returns {e-mail: account} of those that are there."""
    # Hashing is slow on purpose; one hash serves all accounts, for their password is no secret.
    password = make_password(PASSWORD)
    found = {}
    for row in read("accounts"):
        email = row["email"].lower()
        user = registry.ensure(f"account:{email}", User, lambda row=row: _make(row, password))
        if user is not None:
            found[email] = user
    return found


def _make(row: dict[str, Any], password: str) -> User | None:
    email = row["email"].lower()
    if User.objects.filter(email__iexact=email).exists():
        return None
    role = row["role"]
    since = days_ago(NEWCOMER_DAYS if role == "newcomer" else MEMBER_SINCE_DAYS)
    languages = row["languages"]
    user = User.objects.create_user(
        email=email,
        name=row["name"],
        is_sample=row["is_sample"],
        approved_at=None if role == "newcomer" else since,
        stands_alone=role in STANDS_ALONE,
        date_joined=since,
        language=languages[0] if languages[0] in dict(settings.LANGUAGES) else "en",
        is_staff=role == "administrator",
        is_superuser=role == "administrator",
    )
    User.objects.filter(pk=user.pk).update(password=password)
    user.groups.set(Group.objects.filter(name__in=GROUPS[role]))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Profile.objects.filter(user=user).update(
        organisation=row["organisation"],
        country=Country.objects.filter(pk=row["country"]).first(),
        languages=languages,
        bio=row["bio"].strip(),
    )
    return user


def listing() -> list[tuple[str, str]]:
    """(role, e-mail) of one account that is there for each role, in the order of the file."""
    there = set(User.objects.filter(is_active=True, is_sample=True).values_list("email", flat=True))
    shown: dict[str, str] = {}
    for row in read("accounts"):
        email = row["email"].lower()
        # Publishing takes two editors.
        role = "second editor" if row["role"] == "editor" and "editor" in shown else row["role"]
        if email in there:
            shown.setdefault(role, email)
    return list(shown.items())


def accounts_text() -> str:
    """The accounts that one can log in with, a line each."""
    rows = listing()
    if not rows:
        return "There are no accounts of the demo."
    width = max(len(role) for role, _email in rows)
    lines = [f"  Accounts of the demo, all with the password {PASSWORD}", ""]
    return "\n".join(lines + [f"    {role:{width}}  {email}" for role, email in rows])
