import pytest

from tests.factories.bestpractices import make_practice_index
from tests.factories.directory import give_role, make_organisation
from tests.factories.members import EditorFactory, MemberFactory


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def practices(home_page):
    return make_practice_index(home_page)


@pytest.fixture
def weaver(db):
    return MemberFactory(name="Weaver (sample)", email="weaver@example.org")


@pytest.fixture
def mill(weaver):
    mill = make_organisation(name="Linen mill (sample)", region="PT11")
    give_role(mill, user=weaver)
    return mill


@pytest.fixture
def reviewer(db):
    return EditorFactory(name="Reviewer (sample)")
