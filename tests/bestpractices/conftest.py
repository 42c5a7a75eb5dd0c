import pytest
from wagtail.models import Locale

from tests.factories.bestpractices import make_full_practice, make_practice_index


@pytest.fixture
def index(home_page):
    """The English list of practices."""
    return make_practice_index(home_page)


@pytest.fixture
def practice(index):
    """A practice with something in every field."""
    return make_full_practice(index)


@pytest.fixture
def french_index(index):
    """The list in French, below a French home page."""
    locale = Locale.objects.get(language_code="fr")
    for page in (index.get_parent().specific, index):
        translation = page.copy_for_translation(locale)
        translation.save_revision().publish()
    return translation
