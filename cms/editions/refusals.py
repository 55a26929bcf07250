"""What somebody asked for and does not get, in words for the person at the screen."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from media_tools.errors import InvalidInput, MediaToolsError


class Refused(Exception):
    """`problems` are sentences: what is so, and what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return " ".join(self.problems)


class NotReady(Refused):
    """A design that cannot be frozen or approved yet."""


class NotApproved(Refused):
    """A revision that nobody approved, about to go live."""

    def __init__(self) -> None:
        super().__init__([_("Nobody has approved this version, so it does not go live. Submit it for approval.")])


class InUse(Refused):
    """A row that something shows, about to be deleted."""


def approved(title: object) -> InUse:
    return InUse([_("“%(design)s” was approved, and missions may have its files, so it is kept.") % {"design": title}])


def shown_by(error: ProtectedError) -> InUse:
    """The database's own refusal, in words."""
    from cms.editions.models import Approval  # it imports us

    yes = next((row for row in error.protected_objects if isinstance(row, Approval)), None)
    if yes is not None:
        return approved(yes)
    users = list(dict.fromkeys(str(row) for row in error.protected_objects))[:5]
    return InUse([_("“%(names)s” would be left without it. Change them first.") % {"names": "”, “".join(users)}])


def tell(request: HttpRequest, refusal: Refused) -> None:
    for problem in refusal.problems:
        messages.error(request, problem)


def in_words(problem: MediaToolsError, labels: Mapping[str, str]) -> str:
    """A problem with its place in the form rather than in the file: Key figures, row 2, label …

    `labels` says what the form calls a part of the file, such as blocks[1].
    """
    if not isinstance(problem, InvalidInput):
        return str(problem)
    place = problem.field
    for part, label in labels.items():
        place = place.replace(part, label)
    place = place.replace("[", " ").replace("]", "").replace(".", ": ").replace("_", " ")
    return f"{place}: {problem.why} {problem.remedy}"
