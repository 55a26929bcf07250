from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError as NotValid
from wagtail.permissions import policy_registry

from cms.accounts.models import User
from cms.clips.cues import assumption, imported, rows_of
from cms.clips.faces import KIND, Search, look, told
from cms.clips.models import FoundPath
from cms.clips.moments import read_moment
from cms.clips.ranges import Edges, raw_ranges
from cms.editions.views import DesignCreateView, DesignEditView
from cms.jobs.models import Job
from cms.library.models import Media
from cms.missions.choices import film_aspects
from media_tools.clips.story import Footage
from media_tools.open.document import problems


@require_POST
def read_captions_view(request: HttpRequest) -> HttpResponse:
    """An SRT or VTT file as rows of the captions' table; the reason in plain text where it cannot be read."""
    _check_writer(request)
    upload, language = request.FILES.get("file"), request.POST.get("language", "")
    if upload is None or (language and language not in dict(settings.WAGTAIL_CONTENT_LANGUAGES)):
        return HttpResponse(status=400)
    try:
        found = imported(upload, language)
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    rows = rows_of(found.captions.model_dump(mode="json"))
    if found.assumed:
        rows[0] = replace(rows[0], notes=(assumption(found.assumed),))
    return TemplateResponse(request, "clips/cue_rows.html", {"rows": rows, "name": request.POST.get("name", "cues")})


class LooksForFaces:
    """Who submits a clip whose faces are still to be found is refused, and need not ask for the search as well."""

    action: str
    object: Any
    request: HttpRequest

    def run_action_method(self) -> HttpResponseBase | None:
        searches = self.object.searches
        if self.action == "submit" and (self.object.unfound or searches.keys() & set(self.object.outdated)):
            look(self.object.footage, searches.values(), _owner(self.request))
        response: HttpResponseBase | None = super().run_action_method()  # type: ignore[misc]
        return response


class ClipCreateView(LooksForFaces, DesignCreateView):
    pass


class ClipEditView(LooksForFaces, DesignEditView):
    pass


@require_safe
def footage_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Where chosen footage plays from."""
    return JsonResponse({"address": _footage(request, pk).proxy_url})


@require_safe
def music_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen music as its panel shows it."""
    return TemplateResponse(request, "clips/music.html", {"music": _chosen(request, pk, "audio")})


@require_POST
def find_faces_view(request: HttpRequest) -> HttpResponse:
    """What was found in a piece of footage, or the job that looks for it; the reason in plain text where none can.

    `begin` is empty for those who only ask what is there already.
    """
    footage = _footage(request, request.POST.get("footage", ""))
    try:
        searches = _searches(request, footage)
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    found = {row.digest: row for row in FoundPath.objects.filter(digest__in=[each.digest for each in searches])}
    if any(each.digest not in found for each in searches) and request.POST.get("begin"):
        job = look(footage, searches, _owner(request))
        return JsonResponse({"job": reverse("finding_faces", args=[job.pk]), **told(job)}, status=202)
    paths = {
        each.aspect: found[each.digest].path(footage).model_dump(mode="json")
        for each in searches
        if each.digest in found
    }
    return JsonResponse({"paths": paths})


@require_safe
def finding_faces_view(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a search is."""
    _check_writer(request)
    return JsonResponse(told(get_object_or_404(Job, pk=pk, kind=KIND)))


def _check_writer(request: HttpRequest) -> None:
    if not (request.user.has_perm("clips.add_clip") or request.user.has_perm("clips.change_clip")):
        raise PermissionDenied


def _owner(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _footage(request: HttpRequest, pk: int | str) -> Media:
    return _chosen(request, pk, "video")


def _chosen(request: HttpRequest, pk: int | str, kind: str) -> Media:
    """Raises PermissionDenied for what this person may not choose in the library either."""
    _check_writer(request)
    if not str(pk).isdecimal():
        raise Http404
    media = get_object_or_404(Media, pk=pk, type=kind)
    policy = policy_registry.get_by_type(Media)
    if not policy.user_has_any_permission_for_instance(request.user, ["choose", "change", "delete"], media):
        raise PermissionDenied
    return media


def _searches(request: HttpRequest, footage: Media) -> list[Search]:
    """What the form asks for. Raises ValidationError in words."""
    then = [each.split(" ", 1) for each in request.POST.getlist("then")]
    ranges = tuple(_edges(*each) for each in [(request.POST.get("begins", ""), request.POST.get("ends", "")), *then])
    try:
        Footage.model_validate({"path": footage.file_name, **raw_ranges(ranges)})
    except NotValid as error:
        first = problems(error)[0]
        raise ValidationError(f"{first.why} {first.remedy}") from error
    asked = [frame.split(" ") for frame in request.POST.getlist("frame")]
    known = dict(film_aspects())
    if not asked or any(len(each) != 3 or each[0] not in known for each in asked):
        raise ValidationError(gettext("No frame follows faces. Let one do so first."))
    return [Search(footage.sha256, ranges, aspect, (_focal(x), _focal(y))) for aspect, x, y in asked]


def _edges(begins: str, ends: str = "") -> Edges:
    return Edges(read_moment(begins or "0"), read_moment(ends) if ends else None)


def _focal(per_cent: str) -> float:
    """The subject's place as a row keeps it."""
    if not per_cent.isdecimal() or int(per_cent) > 100:
        why = gettext("“%(text)s” is no place. Write per cent, from 0 to 100.")
        raise ValidationError(why % {"text": per_cent[:20]})
    return int(per_cent) / 100
