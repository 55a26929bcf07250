"""The one address of every file: it asks who wants it before a byte is read."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.permissions import policy_registry

from cms.accounts.models import User
from cms.library.models import Drawing, Image, Media, Rendition
from cms.variants.models import PUBLIC, Audience, Variant
from cms.variants.serve import serve

GATE_HOOK = "attache_gate"
"""Called with a request and a key that is no variant's; returns the name to download it as, or None."""

TAKEN_HOOK = "attache_taken"
"""Called with a request and the variants that its sender takes away, rather than looks at."""


@require_safe
def gate(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file for those who may have it; for others the same 404 as for a name that nobody ever gave."""
    name = next((name for name in _names(request, key) if name), None)
    if name is None:
        raise Http404
    return serve(request, default_storage, key, name)


def takes(request: HttpRequest) -> bool:
    """Whether its sender gets the file from its beginning: no rest of a broken download, nothing they have already."""
    from_start = request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    return request.method == "GET" and from_start and "If-None-Match" not in request.headers


def audience(user: User | AnonymousUser) -> Audience:
    return user if isinstance(user, User) else PUBLIC


def _names(request: HttpRequest, key: str) -> Iterator[str | None]:
    who = audience(request.user)
    named = Q(file__key=key) | Q(thumbnail__key=key) | Q(sidecars__file__key=key)
    leaving = Variant.objects.leaving(who).filter(named).select_related("edition").prefetch_related("sidecars__file")
    variant = leaving.first()
    if variant and "download" in request.GET and any(asset.validity.is_over for asset in variant.edition.assets):
        variant = None  # whom `leaving` lets look at it may judge it, not take it away
    if variant and "download" in request.GET and takes(request):
        for note in hooks.get_hooks(TAKEN_HOOK):
            note(request, [variant])
    yield variant.name_of(key) if variant else None
    if isinstance(who, User):
        yield _library_name(who, key)
    for ask in hooks.get_hooks(GATE_HOOK):
        yield ask(request, key)


def _library_name(user: User, key: str) -> str | None:
    """Originals and their small copies are for staff with a permission on their collection.

    What may not be used any more is for those who can change that: they must see what it was. Of a drawing that is
    our own likeness of it alone: an SVG file can hold a program.
    """
    rendition = Rendition.objects.filter(file=key).select_related("image").first()
    image = rendition.image if rendition else Image.objects.filter(file=key).first()
    media = Media.objects.filter(_of_footage(key)).first() if image is None else None
    owner = image or media or Drawing.objects.filter(likeness=key).first()
    if owner is None or not user.has_perm("wagtailadmin.access_admin"):
        return None
    policy = policy_registry.get_by_type(type(owner))
    verbs = ["change"] if owner.validity.is_over else ["choose", "change", "delete"]
    allowed = policy.user_has_any_permission_for_instance(user, verbs, owner)
    return owner.filename if allowed else None


def _of_footage(key: str) -> Q:
    """Footage with its own picture of itself, and the small copies that we made."""
    copies = Q(made_proxy__film=key) | Q(made_proxy__poster=key) | Q(made_proxy__strip=key)
    return Q(file=key) | Q(thumbnail=key) | copies
