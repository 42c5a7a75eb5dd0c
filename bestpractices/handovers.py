"""Drafts of best practices made of texts that another app hands over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import nh3
from django.db import transaction
from django.utils.html import format_html
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from bestpractices.models import BestPracticePage, PracticeIndexPage
from bestpractices.models.base import TITLE_LENGTH
from core import generation, handovers
from core.audiences import audience_key
from core.drafts import add_draft
from core.handovers import AlreadyPublishedError, Passage

# What the editor of rich text knows; of everything else the text stays.
TAGS = {"a", "br", "em", "li", "ol", "p", "strong", "ul"}
LINK_TITLE_LENGTH = 150


class PracticeMaker(handovers.Maker):
    """Puts the passages one below the other into the description of a new best practice."""

    def may_make(self, user: Any) -> bool:
        # Rights on pages come from groups, and a change of them renews the generation.
        key = f"practice-makers:{audience_key(user)}:{user.is_superuser}"
        return generation.cached(
            key, lambda: PagePermissionPolicy().user_has_permission(user, "add")
        )

    @transaction.atomic
    def make(
        self,
        *,
        editor: Any,
        title: str,
        language: str,
        passages: Sequence[Passage],
        source_title: str,
        source_url: str,
    ) -> int:
        index = PracticeIndexPage.for_language(language)
        if index is None or not index.permissions_for_user(editor).can_add_subpage():
            raise PermissionError
        page = BestPracticePage(
            title=title[:TITLE_LENGTH],
            description=[
                {"type": "text", "value": _text(passage), "id": _block_id(passage.key)}
                for passage in passages
            ],
            further_information=[
                {
                    "type": "link",
                    "value": {
                        "url": source_url,
                        "title": source_title[:LINK_TITLE_LENGTH],
                        "text": "",
                    },
                }
            ],
        )
        add_draft(parent=index, page=page, author=editor)
        return page.pk

    @transaction.atomic
    def take_out(self, *, page_id: int, keys: Sequence[str], user: Any) -> None:
        page = Page.objects.select_for_update().get(pk=page_id)
        if page.live:
            raise AlreadyPublishedError
        state = page.current_workflow_state
        if state is not None:
            state.cancel(user=user)
        gone = {_block_id(key) for key in keys}
        for revision in page.revisions.all():
            revision.content["description"] = json.dumps(
                _without(json.loads(revision.content["description"]), gone)
            )
            revision.approved_go_live_at = None
            revision.save(update_fields=["content", "approved_go_live_at"])
        practice = page.specific
        practice.description = _without(practice.description.get_prep_value(), gone)
        practice.save(clean=False, update_fields=["description"])
        # A new revision tells an editor who has the page open that it is no longer what they see.
        practice.get_latest_revision_as_object().save_revision(
            user=user, log_action=True, clean=False
        )


def _without(blocks: list[dict[str, Any]], gone: set[str]) -> list[dict[str, Any]]:
    return [block for block in blocks if block["id"] not in gone]


def _block_id(key: str) -> str:
    return str(uuid5(NAMESPACE_URL, key))


def _text(passage: Passage) -> str:
    """A passage as rich text, with who wrote it below."""
    spaced = passage.html.replace("</td>", " </td>").replace("</th>", " </th>")
    text = nh3.clean(spaced, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)
    if passage.attribution:
        text += format_html("<p><em>– {}</em></p>", passage.attribution)
    return text


handovers.register("practice", PracticeMaker())
