import pytest


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """The second factor is tested with the accounts."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def admin_of(client_for):
    """The admin as one user sees it: `admin_of(editor).get(...)`."""
    return client_for
