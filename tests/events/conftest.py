import pytest

from tests.factories.events import make_event_index


@pytest.fixture
def index(home_page):
    """The English list of events."""
    return make_event_index(home_page)
