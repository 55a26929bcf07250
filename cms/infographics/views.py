from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from cms.library.models import Image


@require_safe
def focal_points(request: HttpRequest) -> HttpResponse:
    """The subject's centre in each image that is asked for, as shares from the top left."""
    if not (
        request.user.has_perm("infographics.add_infographic")
        or request.user.has_perm("infographics.change_infographic")
    ):
        raise PermissionDenied
    wanted = [key for key in request.GET.getlist("image") if key.isdecimal()]
    return JsonResponse({image.pk: image.focal for image in Image.objects.filter(pk__in=wanted)})
