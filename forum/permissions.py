"""Who may do what in the forum: one rule, as a check here and as a filter in `querysets`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core import handovers
from core.audiences import STAFF, may_read, reader_tokens
from forum import limits
from forum.models import Category, Penalty, Post, Topic
from forum.querysets import moderates
from forum.standing import holds, is_suspended, penalty_of, scope_of
from forum.states import OWN_VISIBLE, TRANSITIONS, Act, State

# The name under which another app makes best practices; see core.handovers.
PRACTICE = "practice"

# The states in which a text can be changed; a rejected one is sent anew, a deleted one is gone.
EDITABLE = (State.PENDING, State.PUBLISHED)


def may_write(user: Any) -> bool:
    """Whether this reader may post at all: members may, unless a penalty keeps them from it."""
    return bool(user.is_authenticated and user.is_member and penalty_of(user) is None)


def may_start_topic(user: Any, category: Category) -> bool:
    """Whether a member may post in this category: whoever may read it may."""
    return may_write(user) and may_read(user, {category.audience})


def may_reply(user: Any, topic: Topic) -> bool:
    """Whether this reader may answer here; a locked topic is open to its moderators only."""
    return (
        topic.state == State.PUBLISHED
        and may_start_topic(user, topic.category)
        and (not topic.locked or may_moderate_topic(user, topic))
    )


def may_follow_category(user: Any, category: Category) -> bool:
    """Whether a member may watch, track or mute here: whoever may read it may."""
    return bool(user.is_authenticated and user.is_member and may_read(user, {category.audience}))


def may_follow_topic(user: Any, topic: Topic) -> bool:
    """The same for one topic, which others can read or which is the member's own."""
    is_there = topic.state == State.PUBLISHED or (
        topic.author_id == user.pk and topic.state in OWN_VISIBLE
    )
    return is_there and may_follow_category(user, topic.category)


def may_moderate(user: Any) -> bool:
    """Whether this person moderates the forum, all of it or a part."""
    return moderates(user)


def may_moderate_topic(user: Any, topic: Topic) -> bool:
    """Whether a topic that this person reads is within the moderator's scope."""
    return may_moderate(user) and scope_of(user).holds(
        category_id=topic.category_id, language=topic.language
    )


def looks_after(user: Any, post: Post, topic: Topic) -> bool:
    """Whether a post that this person can read, of this topic, is within the moderator's scope."""
    return may_moderate(user) and scope_of(user).holds(
        category_id=topic.category_id, language=post.language
    )


def may_judge(moderator: Any, post: Post) -> bool:
    """Whether a post that this person looks after is somebody else's: nobody judges their own."""
    return bool(post.author_id != moderator.pk)


def may_report(user: Any, post: Post) -> bool:
    """Whether a member may report a post: anybody else's, once it is public.

    A notice of illegal content is open to everyone, whoever they are; this is not asked there.
    """
    return bool(
        user.is_authenticated
        and user.is_member
        and not is_suspended(user)
        and post.author_id != user.pk
        and post.state == State.PUBLISHED
    )


def may_assign_moderators(user: Any) -> bool:
    """Whether this person says what each moderator looks after: no moderator does for themselves."""
    return holds(user, "forum.change_moderatorscope")


def may_penalise(moderator: Any, member: Any) -> bool:
    """Whether this moderator may penalise an account: no own one; moderators are administrators' matter."""
    if member is None or member.pk == moderator.pk or not may_moderate(moderator):
        return False
    return bool(moderator.is_superuser or not may_moderate(member))


def may_lift(moderator: Any, penalty: Penalty) -> bool:
    """Whether this moderator may end a penalty before its time: who imposed it, and who assigns moderators.

    Everybody else changes it by an appeal. Needs `decision` selected.
    """
    return bool(
        may_moderate(moderator)
        and penalty.member_id != moderator.pk
        and (penalty.decision.moderator_id == moderator.pk or may_assign_moderators(moderator))
    )


def may_tag(user: Any, topic: Topic) -> bool:
    """Whether this person may change a topic's tags: its author while it is open, and its moderators."""
    if topic.merged_into_id is not None:
        return False
    if may_moderate_topic(user, topic) and may_read(user, {topic.category.audience}):
        return True
    return (
        topic.author_id == user.pk
        and topic.state in EDITABLE
        and not topic.locked
        and may_start_topic(user, topic.category)
    )


def may_delete(user: Any, post: Post) -> bool:
    """Whether a post is this person's own to delete.

    An opening post that others have answered is not: deleting it would take their replies away.
    """
    return (
        user.is_authenticated
        and post.author_id == user.pk
        and post.state in TRANSITIONS[Act.DELETE][0]
        and not (post.is_opening and post.topic.reply_count)
    )


def may_accept(user: Any, topic: Topic) -> bool:
    """Whether this reader may say which reply answers a topic: its author and its moderators may."""
    if topic.state != State.PUBLISHED or not may_start_topic(user, topic.category):
        return False
    return topic.author_id == user.pk or may_moderate_topic(user, topic)


def may_react(user: Any, post: Post) -> bool:
    """Whether a member may react to a post: to every public one that is not the member's own."""
    return (
        post.state == State.PUBLISHED
        and post.topic.state == State.PUBLISHED
        and post.author_id != user.pk
        and may_start_topic(user, post.topic.category)
    )


def may_make_practice(user: Any, topic: Topic) -> bool:
    """Whether this reader may make a best practice of a topic: an editor who can read it may."""
    maker = handovers.maker(PRACTICE)
    return (
        maker is not None
        and topic.state == State.PUBLISHED
        and STAFF in reader_tokens(user)
        and may_read(user, {topic.category.audience})
        and maker.may_make(user)
    )


def is_fresh(post: Post) -> bool:
    """Whether a published post is still within the time in which its author may edit or retract it."""
    published = post.published_at
    return published is not None and timezone.now() - published < limits.edit_window()


def may_edit(user: Any, post: Post) -> bool:
    """Whether a post is this person's own to edit now: what waits, or is fresh in an open topic.

    Moderators edit their own at any time where they moderate.
    """
    if not may_write(user) or post.author_id != user.pk or post.state not in EDITABLE:
        return False
    if post.state == State.PENDING or looks_after(user, post, post.topic):
        return True
    return is_fresh(post) and not post.topic.locked


def may_edit_others(user: Any, post: Post) -> bool:
    """Whether a moderator may edit somebody else's post, in any state but deleted."""
    return (
        post.state != State.DELETED
        and Post.objects.moderatable_by(user).filter(pk=post.pk).exists()
    )
