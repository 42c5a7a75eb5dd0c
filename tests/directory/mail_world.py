"""A mill in a cluster, people around both, and the mail that reaches them."""

from directory import actions
from directory.models import OrganisationRole
from directory.states import Standing, State
from directory.vocabulary import Role
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.members import CoordinatorFactory, MemberFactory


class World:
    """A mill in a cluster, and people around both, each of another language."""

    def __init__(self, state=State.PUBLISHED, standing=Standing.CONFIRMED):
        self.mill = make_organisation(state)
        self.cluster = make_cluster()
        self.membership = make_membership(self.mill, self.cluster, standing)
        self.owner = give_role(self.mill, user=MemberFactory(language="fr"))
        self.editor = give_role(self.mill, Role.EDITOR, MemberFactory(language="pt"))
        self.reader = give_role(self.mill, Role.READER, MemberFactory(language="en"))
        self.officer = give_role(self.cluster, user=MemberFactory(language="bg"))
        self.coordinator = CoordinatorFactory(language="da")
        self.claimant = MemberFactory(language="ro")
        self.gone = give_role(self.mill, user=MemberFactory(is_active=False))

    def asked(self, actor):
        return {"organisation": self.mill, "actor": actor, "version": self.mill.version}

    def claim(self):
        return actions.claim(
            organisation=self.mill, claimant=self.claimant, message="I run the mill."
        )

    def orphan(self):
        OrganisationRole.objects.filter(organisation=self.mill).delete()


def sent(act, mailoutbox, capture):
    """What an act really delivers, after its transaction."""
    mailoutbox.clear()
    with capture(execute=True):
        act()
    return sorted(mailoutbox, key=lambda mail: mail.to)
