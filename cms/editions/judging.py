"""What lies before approvers, and what keeps them from saying yes."""

from collections.abc import Iterator

from django.utils.translation import gettext
from wagtail import hooks

from cms.accounts.models import User
from cms.editions.models.design import Design
from cms.editions.models.edition import Edition, EditionFact, Submission
from cms.library.rights import refusals
from media_tools.errors import MediaToolsError

FROZEN_HOOK = "attache_edition_frozen"
"""Called with each new submission: variants are made here."""
FORGOTTEN_HOOK = "attache_editions_forgotten"
"""Called with the editions of a deleted design that nobody approved, before they go."""
OBSTACLES_HOOK = "attache_obstacles"
"""Called with a submission; returns sentences that say why it cannot be approved yet."""


def submission_of(design: Design) -> Submission | None:
    """What lies before the approvers now; None while nothing does."""
    state = design.current_workflow_task_state
    return Submission.objects.filter(task_state=state).select_related("edition").first() if state else None


def obstacles(submission: Submission, user: User) -> list[str]:
    """Why `user` cannot approve it yet, in sentences; empty when nothing stands in the way."""
    found = list(_of_authors(submission, user))
    found += [sentence for ask in hooks.get_hooks(OBSTACLES_HOOK) for sentence in ask(submission)]
    return found + list(_of_facts(submission.edition)) + list(refusals(submission.edition.assets))


def _of_authors(submission: Submission, user: User) -> Iterator[str]:
    state = submission.task_state
    if user.pk in (submission.by_id, state.workflow_state.requested_by_id, state.revision.user_id):
        yield gettext("You wrote or submitted this; another person must approve it.")


def _of_facts(edition: Edition) -> Iterator[str]:
    """A sentence for each fact that says something else now than when the edition was frozen, or nothing any more."""
    for row in edition.facts.select_related("fact").prefetch_related("fact__words"):
        if not row.fact.live:
            yield gettext("The fact “%(fact)s” was taken back after this was submitted. Ask for changes.") % {
                "fact": row.fact.key
            }
        elif _said(row) != row.shown:
            yield gettext(
                "The fact “%(fact)s” was corrected after this was submitted. Ask for changes; it is then submitted "
                "anew."
            ) % {"fact": row.fact.key}


def _said(row: EditionFact) -> str | None:
    """What the fact says now in the edition's language; None where it cannot be said any more."""
    try:
        return row.fact.shown_in(row.edition.language)
    except MediaToolsError:
        return None
