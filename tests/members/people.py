"""Members with something to show, and those who look at it."""

from __future__ import annotations

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.serializers import serialize
from django.urls import reverse
from django.utils import timezone

from members import actions
from members.models import ContactRequest, Profile, User
from members.parts import Level, Part
from members.states import ContactState
from tests.factories.directory import give_role, make_organisation
from tests.factories.members import (
    AdministratorFactory,
    EditorFactory,
    MemberFactory,
    UserFactory,
)

# A word for each part that stands nowhere else; a picture has its name.
WORDS: dict[Part, str] = {
    Part.ORGANISATION: "quodmillium",
    Part.POSITION: "quodpositium",
    Part.ROLES: "quodrolium",
    Part.PLACE: "quodtownium",
    Part.LANGUAGES: "quodlinguium",
    Part.BIO: "quodbium",
    Part.LINKS: "quodlinkium",
    Part.EMAIL: "quodmailium",
    Part.TELEPHONE: "+351 22 733 9",
}
READERS = ("visitor", "registered", "member", "contact", "former", "editor", "administrator", "own")
LEVELS_OF: dict[str, frozenset[Level]] = {
    "visitor": frozenset({Level.PUBLIC}),
    # Somebody whose account is no member's yet.
    "registered": frozenset({Level.PUBLIC}),
    "member": frozenset({Level.PUBLIC, Level.MEMBERS}),
    "contact": frozenset(Level),
    # Somebody with whom the contact has ended.
    "former": frozenset({Level.PUBLIC, Level.MEMBERS}),
    "editor": frozenset({Level.PUBLIC, Level.MEMBERS}),
    "administrator": frozenset({Level.PUBLIC, Level.MEMBERS}),
    "own": frozenset(Level),
}


def full_person(**levels: Level) -> User:
    """A member with a word of its own in every part, in an organisation that everybody may read."""
    person = MemberFactory(name="Weaver (sample)", email=f"{WORDS[Part.EMAIL]}@example.org")
    profile = person.profile
    profile.avatar.save("face.webp", ContentFile(b"x"), save=False)
    profile.organisation = WORDS[Part.ORGANISATION]
    profile.languages = [WORDS[Part.LANGUAGES]]
    profile.bio = WORDS[Part.BIO]
    profile.save()
    actions.update_details(
        profile=profile,
        position=WORDS[Part.POSITION],
        town=WORDS[Part.PLACE],
        telephone=WORDS[Part.TELEPHONE],
        links=[f"https://{WORDS[Part.LINKS]}.example.org/"],
    )
    give_role(make_organisation(name=WORDS[Part.ROLES]), user=person)
    choose(person, **levels)
    return person


def parts_in(text: str, person: User) -> set[Part]:
    """The parts of a person that a text shows."""
    picture = Profile.objects.get(user=person).avatar.name
    words = WORDS | {Part.PICTURE: picture}
    return {part for part, word in words.items() if word and word in text}


def choose(person: User, *, is_listed: bool = True, accepts: bool = True, **levels: Level) -> None:
    """Set the levels of parts by name; `rest` is that of all others."""
    rest = levels.pop("rest", None)
    chosen = {Part(name): Level(level) for name, level in levels.items()}
    if rest is not None:
        chosen = dict.fromkeys(Part, Level(rest)) | chosen
    actions.choose_visibility(
        profile=person.profile, levels=chosen, accepts_requests=accepts, is_listed=is_listed
    )


def ask(sender: User, recipient: User, **values: str) -> ContactRequest:
    """A request for contact that waits."""
    texts = {"about": "Linen", "message": "We look for linen.", "language": "en", **values}
    return actions.ask_for_contact(sender=sender, recipient=recipient, **texts)


def in_contact(sender: User, recipient: User) -> ContactRequest:
    """A request that was accepted."""
    request = ask(sender, recipient)
    actions.accept_contact(request=request, user=recipient, language="en")
    return request


def readers_of(person: User) -> dict[str, User | None]:
    """One reader of every kind, as they stand to a person; the visitor is None."""
    former = MemberFactory()
    ended = in_contact(former, person)
    actions.end_contact(request=ended, user=former)
    contact = MemberFactory()
    in_contact(contact, person)
    readers = {
        "visitor": None,
        "registered": UserFactory(),
        "member": MemberFactory(),
        "contact": contact,
        "former": former,
        "editor": EditorFactory(),
        "administrator": AdministratorFactory(approved_at=timezone.now()),
        "own": person,
    }
    assert tuple(readers) == READERS
    return readers


def everything_in_the_database() -> str:
    """All rows of all tables as one text, in lower case."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    rows = (row for model in models if not model._meta.proxy for row in model._base_manager.all())
    return serialize("json", rows, ensure_ascii=False).lower()


def bring_to(request: ContactRequest, state: ContactState) -> ContactRequest:
    """Move an open request into a state, as people do."""
    sender, recipient = request.sender, request.recipient
    if state in {ContactState.ACCEPTED, ContactState.ENDED}:
        actions.accept_contact(request=request, user=recipient, language="en")
    if state == ContactState.ENDED:
        actions.end_contact(request=request, user=sender)
    elif state == ContactState.DECLINED:
        actions.decline_contact(request=request, user=recipient, answer="No", language="en")
    elif state == ContactState.WITHDRAWN:
        actions.withdraw_contact(request=request, user=sender)
    elif state == ContactState.CLOSED:
        actions.close_contacts(request.close_on)
    return ContactRequest.objects.get(pk=request.pk)


def address_of(request: ContactRequest) -> str:
    """Its page."""
    return reverse("members:contact", args=[request.pk])
