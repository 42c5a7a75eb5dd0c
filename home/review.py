"""The rule of the second pair of eyes.

Wagtail imports this module while it loads its own models: none may be imported at the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import Page, WorkflowState

    from home.models import SecondPairOfEyesState


def reviewed_state(page: Page) -> SecondPairOfEyesState | None:
    """The review that a page waits for, or None."""
    from home.models import SecondPairOfEyesState

    state = page.current_workflow_task_state
    specific = state.specific if state else None
    return specific if isinstance(specific, SecondPairOfEyesState) else None


def may_decide(state: SecondPairOfEyesState, user: Any) -> bool:
    """Whether this user neither submitted what waits nor wrote it."""
    return user.pk not in {state.submitted_by_id, state.revision.user_id}


def publish_reviewed(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish what a finished workflow has approved: the revision that was read, and no later one.

    Reviewers may not publish by themselves; the approval of two people stands in for that right.
    """
    state = workflow_state.current_task_state
    state.revision.publish(user=user, skip_permission_checks=True)
