"""Interest by its pages: expressed, answered, taken back, and closed to everybody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.vocabulary import Role
from opportunities.models import Interest
from opportunities.states import InterestState
from tests.factories.directory import make_organisation
from tests.factories.members import AdministratorFactory, CoordinatorFactory, MemberFactory
from tests.factories.opportunities import make_interest, make_opportunity, make_writer

pytestmark = pytest.mark.django_db


class TestPages:
    """The same by hand: expressed, read, answered."""

    @pytest.fixture
    def opportunity(self):
        return make_opportunity()

    @pytest.fixture
    def owner(self, client_for, opportunity):
        return client_for(make_writer(opportunity.organisation))

    @pytest.fixture
    def mill(self):
        return make_organisation()

    @pytest.fixture
    def writer(self, client_for, mill):
        return client_for(make_writer(mill))

    def express(self, writer, opportunity, mill, **values):
        sent = {
            "organisation": mill.slug,
            "message": "We would like to weave with you.",
            "contact_name": "The dye house",
            "contact_email": "dyes@example.org",
            **values,
        }
        return writer.post(reverse("opportunities:express", args=[opportunity.pk]), sent)

    def test_expressed_and_accepted(self, owner, writer, opportunity, mill):
        assert "Express interest" in writer.get(opportunity.get_absolute_url()).content.decode()
        answer = self.express(writer, opportunity, mill)
        interest = Interest.objects.get()
        page = reverse("opportunities:interest", args=[interest.pk])
        assert answer.url == page
        for browser, name in ((owner, "received"), (writer, "sent")):
            html = browser.get(reverse(f"opportunities:{name}")).content.decode()
            assert page in html
            assert "1 waits for an answer." in html
        assert "We would like to weave with you." in owner.get(page).content.decode()
        owner.post(page, {"answer": "accept"})
        for browser in (owner, writer):
            html = browser.get(page).content.decode()
            assert "dyes@example.org" in html
            assert "looms@example.org" in html
        # A second time there is nothing to express, and the way leads back.
        again = reverse("opportunities:express", args=[opportunity.pk])
        assert writer.get(again).url == opportunity.get_absolute_url()

    def test_declined_with_a_reason_that_the_other_side_reads(
        self, owner, writer, opportunity, mill
    ):
        self.express(writer, opportunity, mill)
        page = reverse("opportunities:interest", args=[Interest.objects.get().pk])
        answer = owner.post(page, {"answer": "decline", "reason": " "})
        assert answer.status_code == 422
        assert answer.context["declining"].errors["reason"]
        owner.post(page, {"answer": "decline", "reason": "No free days."})
        html = writer.get(page).content.decode()
        assert "No free days." in html
        assert "looms@example.org" not in html

    def test_taken_back(self, writer, opportunity, mill):
        self.express(writer, opportunity, mill)
        page = reverse("opportunities:interest", args=[Interest.objects.get().pk])
        writer.post(page, {"answer": "take_back"})
        assert Interest.objects.get().state == InterestState.WITHDRAWN
        assert writer.post(page, {"answer": "give_up"}).status_code == 404
        assert writer.post(page, {"answer": "accept"}).status_code in {302, 404}
        assert Interest.objects.get().state == InterestState.WITHDRAWN

    @pytest.mark.parametrize(
        ("field", "value"),
        [("message", ""), ("message", "x" * 2001), ("contact_email", "me"), ("organisation", "no")],
    )
    def test_what_was_typed_comes_back(self, writer, opportunity, mill, field, value):
        answer = self.express(
            writer, opportunity, mill, **{"contact_name": "Kept name", field: value}
        )
        assert answer.status_code == 422
        assert answer.context["form"].errors[field]
        assert "Kept name" in answer.content.decode()

    def test_nobody_else_reads_it(self, client_for):
        interest = make_interest()
        page = reverse("opportunities:interest", args=[interest.pk])
        readers = [
            make_writer(interest.organisation, Role.READER),
            make_writer(make_organisation()),
            MemberFactory(approved_at=timezone.now()),
            CoordinatorFactory(),
            AdministratorFactory(),
        ]
        for reader in readers:
            assert client_for(reader).get(page).status_code == 404
            assert client_for(reader).post(page, {"answer": "accept"}).status_code == 404
