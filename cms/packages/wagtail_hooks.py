"""What packages hang on the gate: their own files, and who took what."""

from collections.abc import Iterable

from django.http import HttpRequest
from wagtail import hooks

from cms.packages.models import Package, Taken
from cms.variants.gate import GATE_HOOK, TAKEN_HOOK, takes
from cms.variants.models import Variant


@hooks.register(GATE_HOOK)
def package_file(request: HttpRequest, key: str) -> str | None:
    """A package is for its own mission, while all its parts may leave."""
    posting = getattr(request.user, "posting", None)
    if posting is None:
        return None
    package = Package.objects.leaving(posting.mission).filter(file__key=key).first()
    if package is None:
        return None
    if takes(request):
        note_taken(request, Variant.objects.filter(pk__in=package.parts.values("variant")))
    return package.file_name


@hooks.register(TAKEN_HOOK)
def note_taken(request: HttpRequest, variants: Iterable[Variant]) -> None:
    """Whom to tell when it is withdrawn."""
    posting = getattr(request.user, "posting", None)
    if posting is not None:
        Taken.objects.bulk_create(
            Taken(mission=posting.mission, variant=variant, by=request.user) for variant in variants
        )
