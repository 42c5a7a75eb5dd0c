"""A category in the admin: who looks after it, and the page that it belongs to."""

import pytest
from django.urls import reverse

from core.audiences import Audience
from forum import actions, errors
from forum.models import Category, ModeratorScope
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.forum import CategoryFactory
from tests.factories.home import restrict
from tests.factories.members import AdministratorFactory, ModeratorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_second_factor")]


def scoped(*categories):
    """A moderator who looks after these only."""
    person = ModeratorFactory()
    ModeratorScope.objects.create(user=person).categories.set(categories)
    return person


def after(person):
    return set(ModeratorScope.objects.get(user=person).categories.all())


def values_of(category, **changes):
    return {
        "name": category.name,
        "slug": category.slug,
        "names": "{}",
        "descriptions": "{}",
        "description": "",
        "audience": category.audience,
        "language": "",
        "premoderated_posts": 2,
        "position": 0,
        "moderators": [],
        "page": "",
    } | changes


@pytest.fixture
def admin(client_for):
    return client_for(AdministratorFactory())


def edit_address(category):
    return reverse(Category.snippet_viewset.get_url_name("edit"), args=[category.pk])


def test_the_form_says_who_looks_after_a_category(admin, category):
    here, elsewhere, everywhere = scoped(category), scoped(CategoryFactory()), ModeratorFactory()
    form = admin.get(edit_address(category)).context["form"]
    options = {
        group["value"].value: (group["selected"], group["attrs"].get("disabled", False))
        for group in form["moderators"].subwidgets
        for group in [group.data]
    }
    assert options[here.pk] == (True, False)
    assert options[elsewhere.pk] == (False, False)
    assert options[everywhere.pk] == (False, True)
    assert "(looks after every category)" in str(form["moderators"])


def test_the_choice_is_kept_in_the_scopes(admin, category):
    other = CategoryFactory()
    stays, leaves, comes = scoped(category), scoped(category, other), scoped(other)
    chosen = [stays.pk, comes.pk]
    answer = admin.post(edit_address(category), values_of(category, moderators=chosen))
    assert answer.status_code == 302
    assert after(stays) == {category}
    assert after(leaves) == {other}
    assert after(comes) == {other, category}


def test_a_new_category_is_given_to_moderators(admin):
    person = scoped(CategoryFactory())
    draft = CategoryFactory.build(slug="dyes", name="Dyes")
    address = reverse(Category.snippet_viewset.get_url_name("add"))
    admin.post(address, values_of(draft, moderators=[person.pk]))
    assert Category.objects.get(slug="dyes") in after(person)


def test_nobody_comes_to_look_after_everything_by_losing_a_category(admin, category):
    person = scoped(category)
    answer = admin.post(edit_address(category), values_of(category, name="Renamed"))
    assert answer.status_code == 200
    assert "looks after this category only" in answer.content.decode()
    assert after(person) == {category}
    address = reverse(Category.snippet_viewset.get_url_name("delete"), args=[category.pk])
    assert admin.post(address).status_code == 302
    assert Category.objects.filter(pk=category.pk).exists()
    with pytest.raises(errors.OnlyCategory):
        actions.assign_moderators(
            category=category, moderators=[], administrator=AdministratorFactory()
        )


def test_moderators_do_not_assign_themselves(category):
    person = scoped(CategoryFactory())
    with pytest.raises(errors.NotAllowed):
        actions.assign_moderators(category=category, moderators=[person], administrator=person)


class TestPage:
    @pytest.fixture
    def practice(self, home_page):
        return make_practice(make_practice_index(home_page))

    @pytest.fixture
    def bound(self, category, practice):
        category.page = practice
        category.save()
        return category

    def test_is_chosen_in_the_form(self, admin, category, practice):
        admin.post(edit_address(category), values_of(category, page=practice.pk))
        category.refresh_from_db()
        assert category.page_id == practice.pk

    def test_each_leads_to_the_other(self, client, bound, practice):
        link = f'<a href="{practice.url}"'
        assert link in client.get(bound.get_absolute_url()).content.decode()
        link = f'<a href="{bound.get_absolute_url()}">{bound.label}</a>'
        assert link in client.get(practice.url).content.decode()

    def test_neither_shows_what_its_reader_may_not_read(self, client, bound, practice):
        restrict(practice)
        assert practice.title not in client.get(bound.get_absolute_url()).content.decode()
        practice.view_restrictions.all().delete()
        Category.objects.update(audience=Audience.MEMBERS)
        bound.refresh_from_db()
        bound.save()
        assert bound.get_absolute_url() not in client.get(practice.url).content.decode()

    def test_a_deleted_page_leaves_the_category(self, bound, practice):
        practice.delete()
        bound.refresh_from_db()
        assert bound.page_id is None
