"""What lies before approvers, and what keeps them from saying yes."""

from django.utils.translation import gettext
from wagtail import hooks

from cms.accounts.models import User
from cms.editions.models.design import Design
from cms.editions.models.edition import Edition, Submission

FROZEN_HOOK = "attache_edition_frozen"
"""Called with an edition each time it is submitted: variants are made here."""
OBSTACLES_HOOK = "attache_obstacles"
"""Called with a submission; returns sentences that say why it cannot be approved yet."""


def submission_of(design: Design) -> Submission | None:
    """What lies before the approvers now; None while nothing does."""
    state = design.current_workflow_task_state
    return Submission.objects.filter(task_state=state).select_related("edition").first() if state else None


def obstacles(submission: Submission, user: User) -> list[str]:
    """Why `user` cannot approve it yet, in sentences; empty when nothing stands in the way."""
    found = [sentence for ask in hooks.get_hooks(OBSTACLES_HOOK) for sentence in ask(submission)]
    found += corrected_since(submission.edition)
    if submission.by_id == user.pk:
        found.insert(0, gettext("You submitted this; another person must approve it."))
    return found


def corrected_since(edition: Edition) -> list[str]:
    """A sentence for each fact that says something else now than when the edition was frozen."""
    rows = edition.facts.select_related("fact").prefetch_related("fact__words")
    return [
        gettext(
            "The fact “%(fact)s” was corrected after this was submitted. Ask for changes; it is then submitted anew."
        )
        % {"fact": row.fact.key}
        for row in rows
        if row.fact.shown_in(edition.language) != row.shown
    ]
