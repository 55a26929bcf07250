from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

from cms.editions.refusals import Refused, shown_by, tell


class RefusalsInWords(MiddlewareMixin):
    """Whatever button was pressed, in whichever of Wagtail's views: a refusal sends people back, with the reason."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ProtectedError):
            exception = shown_by(exception)
        if not isinstance(exception, Refused):
            return None
        tell(request, exception)
        back = request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(back if ours else reverse("wagtailadmin_home"))
