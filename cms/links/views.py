"""Where a scanned code arrives. It keeps no word of who came, and goes only where an editor of the ministry said."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cms.links.models import Link, Scan

_SECONDS = 60  # how long caches may answer for us: a new destination counts after a minute


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """On to the destination; unknown, not yet open, withdrawn and no longer allowed codes all get the same page."""
    link = Link.objects.open().filter(code=code).first()
    destination = link and _allowed(link)
    if not destination:
        return TemplateResponse(request, "links/unknown.html", status=404)
    if request.method == "GET":
        Scan.objects.create(link=link)
    response = HttpResponseRedirect(destination)
    response.headers["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, public=True, max_age=_SECONDS)
    return response


def _allowed(link: Link) -> str | None:
    try:
        return link.checked_destination()
    except ValidationError:  # its host was allowed when somebody wrote it
        return None
