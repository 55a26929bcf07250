from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from cms.clips.cues import imported, rows_of


@require_POST
def read_captions_view(request: HttpRequest) -> HttpResponse:
    """An SRT or VTT file as rows of the captions' table; the reason in plain text where it cannot be read."""
    if not (request.user.has_perm("clips.add_clip") or request.user.has_perm("clips.change_clip")):
        raise PermissionDenied
    upload = request.FILES.get("file")
    if upload is None:
        return HttpResponse(status=400)
    try:
        cues = imported(upload)
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    rows = rows_of(cues.model_dump(mode="json"))
    return TemplateResponse(request, "clips/cue_rows.html", {"rows": rows, "name": request.POST.get("name", "cues")})
