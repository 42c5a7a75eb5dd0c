import pytest

from tests.factories.members import MemberFactory
from tests.members.people import ask


@pytest.fixture
def sender():
    return MemberFactory(name="Spinner (sample)")


@pytest.fixture
def recipient():
    return MemberFactory(name="Weaver (sample)")


@pytest.fixture
def request_(sender, recipient):
    return ask(sender, recipient)
