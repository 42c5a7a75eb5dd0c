"""Whatever changes, by whatever way, is in the rows and in the index without anybody doing more.

Each group below changes one thing after the other, says what it was, and after each step rows and
sources are compared. What follows a change runs as it would after its commit, and nothing else.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Collection, Locale, Site

from core.audiences import Audience
from core.models import CustomDocument
from directory.models import ValueChain
from forum import actions
from forum.models import Post, Topic
from forum.recount import drifts
from forum.retention import forget_deleted_texts
from members.actions import update_profile
from search.models import SearchEntry
from search.reading import differences, read_all
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.events import make_event, make_event_index
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.home import make_page, make_section
from tests.factories.members import AdministratorFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(home_page, client_for, settings):
    """A small site, whole, and an administrator who may do everything."""
    settings.MFA_REQUIRED_FOR_STAFF = False
    admin = AdministratorFactory()
    practices, events = make_practice_index(home_page), make_event_index(home_page)
    section = make_section(home_page)
    made = SimpleNamespace(
        home=home_page,
        admin=admin,
        browser=client_for(admin),
        section=section,
        inner=make_section(section, "Inner"),
        other=make_section(home_page, "Other"),
        practice=make_practice(practices, tags=["wool"], value_chains=["digital"]),
        event=make_event(
            events, tags=["wool"], value_chains=ValueChain.objects.filter(pk="digital")
        ),
        category=CategoryFactory(),
    )
    made.page = make_page(made.inner, "Natural dyes")
    read_all()
    return made


def fresh(obj):
    return type(obj)._default_manager.get(pk=obj.pk)


def pages(world):
    page = make_page(world.section, "A draft", live=False)
    page.save_revision().publish()
    yield "published"
    page.go_live_at = timezone.now() + timedelta(minutes=1)
    page.save_revision().publish()
    yield "scheduled anew"
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    yield "expired"
    later = make_page(world.section, "Later", live=False)
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision(approved_go_live_at=later.go_live_at)
    later.revisions.update(approved_go_live_at=timezone.now() - timedelta(days=1))
    call_command("publish_scheduled")
    yield "published by its date"
    fresh(world.section).move(fresh(world.other), "last-child")
    yield "a subtree moved"
    section = fresh(world.section)
    section.slug = "renamed"
    section.save_revision().publish()
    yield "the address of a subtree changed"
    alias = fresh(world.page).create_alias(parent=fresh(world.home), update_slug="alias")
    yield "an alias"
    page = fresh(world.page)
    page.title = "Woad and madder"
    page.save_revision().publish()
    assert fresh(alias).title == "Woad and madder"
    yield "the page of an alias changed"
    french = Locale.objects.get(language_code="fr")
    fresh(world.page).copy_for_translation(french, copy_parents=True).save_revision().publish()
    yield "translated, with the pages above"
    fresh(world.section).copy(recursive=True, update_attrs={"slug": "copied", "title": "Copied"})
    yield "a subtree copied"
    fresh(world.section).unpublish(set_expired=False)
    yield "unpublished"
    site = Site.objects.get(is_default_site=True)
    site.hostname = "other.example.org"
    site.save()
    yield "the site has another address"
    fresh(world.other).delete()
    yield "a subtree deleted"


def bulk(world):
    section, other = make_section(world.home, "Shelf"), make_section(world.home, "Elsewhere")
    page = make_page(section, "Carding")
    for action, extra in (
        ("unpublish", {}),
        ("publish", {"include_descendants": "on"}),
        ("move", {"chooser": other.pk}),
        ("delete", {}),
    ):
        address = f"/admin/bulk/wagtailcore/page/{action}/?id={section.pk}"
        data = {"next": "/admin/", "include_descendants": "on"} | extra
        assert world.browser.post(address, data).status_code == 302, action
        yield f"{action} in bulk"
    assert not SearchEntry.objects.findable().filter(page_id=page.pk).exists()


def restrictions(world):
    restriction = fresh(world.section).view_restrictions.create(restriction_type="login")
    yield "an ancestor restricted"
    group = Group.objects.create(name="Jury")
    restriction.restriction_type = "groups"
    restriction.save()
    yield "to groups, of which there are none"
    restriction.groups.add(group)
    yield "to a group"
    inner = fresh(world.inner).view_restrictions.create(restriction_type="login")
    fresh(world.inner).move(fresh(world.other), "last-child")
    yield "a restricted page moved out of a restricted one"
    fresh(world.inner).move(fresh(world.section), "last-child")
    yield "and back"
    inner.delete()
    group.delete()
    yield "the group deleted"
    restriction.delete()
    yield "opened again"


def forum(world):
    member, admin = MemberFactory(), world.admin
    members_only = CategoryFactory(audience=Audience.MEMBERS)
    topic = make_topic(world.category, member, tags=list(Tag.objects.filter(name="wool")))
    replies = [make_reply(topic, source=f"Answer {number}") for number in range(4)]
    yield "written"
    waiting = make_topic(CategoryFactory(premoderated_posts=2), MemberFactory(), trusted=False)
    post = waiting.posts.get()
    yield "waiting"
    actions.publish_post(post=post, moderator=admin, version=post.version)
    yield "approved"
    actions.accept_answer(post=replies[1], user=admin)
    yield "solved"
    actions.hide_post(
        post=fresh(replies[1]),
        moderator=admin,
        version=replies[1].version,
        reason="No",
        grounds=a_rule(),
    )
    yield "the answer hidden"
    hidden = fresh(replies[1])
    actions.restore_post(post=hidden, moderator=admin, version=hidden.version)
    opening = topic.posts.get(is_opening=True)
    actions.edit_post(
        post=opening, editor=member, source="Other words", language="fr", version=opening.version
    )
    yield "edited"
    actions.move_topic(topic=fresh(topic), moderator=admin, category=members_only)
    yield "moved"
    actions.move_topic(topic=fresh(topic), moderator=admin, category=world.category)
    new = actions.split_topic(
        topic=fresh(topic), posts=[replies[2].pk, replies[3].pk], title="Another", moderator=admin
    )
    yield "split"
    actions.merge_topics(topic=new, into=fresh(topic), moderator=admin)
    yield "merged"
    world.category.audience = Audience.MEMBERS
    world.category.save()
    world.category.slug = "other-shelf"
    world.category.save()
    yield "the category's audience and address changed"
    reply = fresh(replies[0])
    actions.delete_own(post=reply, author=reply.author, version=reply.version)
    yield "a reply deleted by its author"
    Post.objects.filter(pk=reply.pk).update(created_at=timezone.now() - timedelta(days=900))
    forget_deleted_texts(timezone.now() + timedelta(days=900))
    yield "and forgotten"
    Topic.objects.filter(pk=topic.pk).update(last_post_at=timezone.now() - timedelta(days=9))
    list(drifts(fix=True))
    yield "counters mended"
    opening = fresh(opening)
    actions.hide_post(
        post=opening, moderator=admin, version=opening.version, reason="No", grounds=a_rule()
    )
    yield "a topic hidden"
    Topic.objects.filter(pk=topic.pk).update(last_post=None)
    fresh(topic).posts.all().delete()
    yield "posts deleted at once"


def people(world):
    member = MemberFactory()
    topic = make_topic(world.category, member)
    make_reply(topic, member)
    yield "written"
    values = {"name": "N", "language": "en", "country": None, "languages": ["en"], "bio": ""}
    update_profile(profile=member.profile, organisation="A mill", **values)
    yield "the organisation renamed"
    assert SearchEntry.objects.filter(organisation="A mill").count() == 2
    member.is_active = False
    member.save()
    yield "deactivated"
    member.delete()
    yield "erased"
    assert not SearchEntry.objects.filter(organisation="A mill").exists()


def tags(world):
    topic = make_topic(world.category, tags=list(Tag.objects.filter(name="wool")))
    make_reply(topic)
    document = CustomDocument.objects.create(title="Report", file=ContentFile(b"x", "a.txt"))
    document.tags.add("wool")
    document.save()
    yield "tagged"
    tag = Tag.objects.get(name="wool")
    tag.name = "fleece"
    tag.save()
    yield "renamed"
    assert SearchEntry.objects.filter(headings__contains="fleece").count() == 4
    Tag.objects.filter(name="fleece").delete()
    yield "deleted"
    assert not SearchEntry.objects.filter(headings__contains="fleece").exists()
    fresh(world.practice).tags.add("linen")
    practice = fresh(world.practice)
    practice.tags.add("linen")
    practice.save_revision().publish()
    yield "a practice tagged anew"
    ValueChain.objects.filter(pk="digital").delete()
    yield "a code deleted"


def documents(world):
    document = CustomDocument.objects.create(title="Report", file=ContentFile(b"Old", "a.txt"))
    yield "made"
    document.file = ContentFile(b"New words", "b.txt")
    document.save()
    yield "replaced"
    assert SearchEntry.objects.filter(body="New words").exists()
    inside = Collection.get_first_root_node().add_child(name="Inside")
    inside.view_restrictions.create(restriction_type="login")
    address = f"/admin/bulk/core/customdocument/add_to_collection/?id={document.pk}"
    assert world.browser.post(address, {"collection": inside.pk}).status_code == 302
    yield "moved to a restricted collection, in bulk"
    address = f"/admin/bulk/core/customdocument/add_tags/?id={document.pk}"
    assert world.browser.post(address, {"tags": "jute"}).status_code == 302
    yield "tagged in bulk"
    assert SearchEntry.objects.filter(headings="jute").exists()
    inside.get_view_restrictions().delete()
    CustomDocument.objects.all().delete()
    yield "the collection opened, the document deleted"


GROUPS = [pages, bulk, restrictions, forum, people, tags, documents]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__)
def test_rows_follow_every_change(group, world, each_step):
    for what in each_step(group(world)):
        assert [f"{one.source} {one.what}" for one in differences()] == [], f"after: {what}"


@pytest.mark.slow
@pytest.mark.services
def test_the_index_follows_every_change(world, each_step, elasticsearch, capsys):
    """All groups in one index that nobody brings up to date by hand."""
    call_command("search_index", "rebuild")
    for group in (restrictions, people, tags, documents, forum, bulk, pages):
        for _what in each_step(group(world)):
            continue
        call_command("search_index", "verify")
    assert "no difference" in capsys.readouterr().out
