"""The missions' portal: what do I post today, with what, and how do I get it over a thin line."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.generic import TemplateView, View

from cms.campaigns.models import Campaign
from cms.jobs.models import Job
from cms.jobs.queue import worker_is_silent
from cms.missions.models import Mission
from cms.packages import shelf
from cms.packages.build import order_package
from cms.packages.models import Package, Visit
from cms.packages.own import OwnFiles
from cms.variants.models import Variant

_ONE_VISIT = timedelta(hours=4)  # a page loaded again within it belongs to the same visit
_FIRST = timedelta(days=14)
_PICTURES = 12  # on the first page, of 8 kB at most: UX.md, section 2, keeps it under 150 kB
_NEWEST = 4  # at least, however much there is to post


class PortalView(LoginRequiredMixin, TemplateView):
    """A page for somebody posted to a mission; staff without a post go to the admin."""

    here = ""

    @cached_property
    def mission(self) -> Mission:
        mission: Mission = self.request.user.posting.mission
        return mission

    def dispatch(self, request: HttpRequest, *arguments: Any, **keywords: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not hasattr(request.user, "posting"):
            if request.user.has_perm("wagtailadmin.access_admin"):
                return redirect("wagtailadmin_home")
            return TemplateResponse(request, "packages/no_post.html", status=403)
        response = super().dispatch(request, *arguments, **keywords)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**keywords),
            "mission": self.mission,
            "zone": self.mission.zone,
            "ministry": settings.MINISTRY_NAME,
            "ministry_city": settings.MINISTRY_CITY,
            "ministry_zone": ZoneInfo(settings.MINISTRY_TIME_ZONE),
            "now": timezone.now(),
            "here": self.here,
            "interface_languages": settings.INTERFACE_LANGUAGES,
        }


class TodayView(PortalView):
    template_name = "packages/today.html"
    here = "today"

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        context = super().get_context_data(**keywords)
        every = shelf.items(shelf.leaving(self.mission), self.mission)
        since = self._last_visit()
        today = context["now"].astimezone(self.mission.zone).date()
        parts = [part for item in every for part in item.moments]
        posting = [part for part in parts if _day(part.public_at or part.since, self.mission) == today]
        new = [item for item in every if item.since and item.since > since]
        shown = max(_NEWEST, _PICTURES - len(posting))
        return {
            **context,
            "pictured": _PICTURES - _NEWEST,
            "agenda": sorted(posting, key=lambda item: item.public_at or item.since or context["now"]),
            "new": new[:shown],
            "more": len(new[shown:]),
            "since": since,
            "first_visit": self.request.user.visit.before is None,
            "campaigns": shelf.campaigns(self.mission),
        }

    def _last_visit(self) -> Any:
        now = timezone.now()
        visit, _made = Visit.objects.get_or_create(person=self.request.user, defaults={"latest": now})
        if now - visit.latest > _ONE_VISIT:
            visit.before = visit.latest
        visit.latest = now
        visit.save()
        return visit.before or now - _FIRST


class CampaignsView(PortalView):
    template_name = "packages/campaigns.html"
    here = "campaigns"

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        rows = [(campaign, campaign.for_reader()) for campaign in shelf.campaigns(self.mission)]
        return {**super().get_context_data(**keywords), "campaigns": rows}


class CampaignView(PortalView):
    template_name = "packages/campaign.html"
    here = "campaigns"

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        campaign = get_object_or_404(shelf.campaigns(self.mission), slug=self.kwargs["slug"])
        language = get_language() or "en"
        languages = [code for code in self.request.GET.getlist("language") if code in self.mission.languages]
        platform = self.request.GET.get("platform", "")
        every = list(shelf.leaving(self.mission).filter(edition__campaign=campaign))
        shown = [
            row
            for row in every
            if (not languages or row.edition.language in languages) and platform in ("", row.slot.platform)
        ]
        return {
            **super().get_context_data(**keywords),
            "campaign": campaign,
            "words": campaign.for_reader(),
            "keywords": [row.word for row in campaign.keywords.all() if row.language == language],
            "said": [row.for_reader() for row in campaign.messages.filter(live=True).prefetch_related("words")],
            "items": shelf.items(shown, self.mission),
            "all": len(shelf.items(every, self.mission)),
            "languages": [(code, code in (languages or self.mission.languages)) for code in self.mission.languages],
            "platforms": sorted({row.slot.platform for row in every}),
            "platform": platform,
            "filtered": bool(languages or platform),
        }


class DesignView(PortalView):
    """One file large, and everything that is posted with it."""

    template_name = "packages/design.html"
    here = "campaigns"

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        self._own.order(request.user)
        return redirect(f"{request.path}#own")

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        chosen, siblings = self._chosen, self._siblings
        others = {row.edition.language: row for row in siblings if row.wanted == chosen.wanted}
        mine = [row for row in siblings if row.edition_id == chosen.edition_id]
        (item,) = shelf.items(mine, self.mission)
        return {
            **super().get_context_data(**keywords),
            "chosen": chosen,
            "own": self._own,
            "has_own": len(self._same_place) > 1,
            "nameless": not self.mission.name_in(chosen.edition.language),
            "item": item,
            "words": chosen.edition.words,
            "pages": chosen.pages,
            "campaign": chosen.edition.campaign,
            "others": others,
            "sizes": shelf.by_platform(mine),
            "credits": [credit for credit, _licence in chosen.edition.credits if credit],
            "facts": chosen.edition.facts.all(),
        }

    @cached_property
    def _same_place(self) -> list[Variant]:
        """The mission's own file first, where there is one, and the shared one."""
        rows = (
            Variant.objects.leaving(self.mission)
            .select_related("edition__campaign", "file", "thumbnail")
            .prefetch_related("sidecars__file")
        )
        place = {"placement": self.kwargs["placement"], "animated": self.kwargs.get("animated", False)}
        found = rows.filter(edition=self.kwargs["edition"], **place)
        return sorted(found, key=lambda row: row.mission_id is None)

    @cached_property
    def _chosen(self) -> Variant:
        if not self._same_place:
            raise Http404
        return self._same_place[-1 if "shared" in self.request.GET else 0]

    @cached_property
    def _siblings(self) -> list[Variant]:
        """The files of the design in all languages that the mission reads."""
        edition = self._chosen.edition
        rows = shelf.leaving(self.mission, [edition.language, *self.mission.languages])
        return list(rows.filter(edition__translation_key=edition.translation_key))

    @cached_property
    def _own(self) -> OwnFiles:
        return OwnFiles(self.mission, {row.edition_id for row in self._siblings})


class PackagesView(PortalView):
    template_name = "packages/packages.html"
    here = "packages"

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**keywords),
            "packages": Package.objects.leaving(self.mission)
            .select_related("file", "campaign")
            .prefetch_related("campaign__words"),
            "campaigns": [(row, row.for_reader()) for row in shelf.campaigns(self.mission)],
        }


class NewPackageView(PortalView):
    """Choose, see what it weighs, make it. Counting is a GET, making is a POST, and neither needs a script."""

    template_name = "packages/new.html"
    here = "packages"

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(shelf.campaigns(self.mission), slug=self._given.get("campaign", ""))

    @property
    def _given(self) -> Any:
        return self.request.POST if self.request.method == "POST" else self.request.GET

    def post(self, request: HttpRequest) -> HttpResponse:
        if "count" in request.POST:
            return redirect(f"{request.path}?{self._kept()}")
        if "own" in request.POST:
            self._own.order(request.user)
            messages.success(request, gettext("The files are being made with your name. They come into the package."))
            return redirect(f"{request.path}?{self._kept()}")
        chosen = self._chosen
        if not chosen:
            messages.error(request, gettext("Nothing is chosen. Tick a language and a platform."))
            return redirect(f"{request.path}?campaign={self.campaign.slug}")
        package = order_package(self.mission, self.campaign, chosen, request.user)
        return redirect("package", package.pk)

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        every = list(shelf.leaving(self.mission).filter(edition__campaign=self.campaign))
        chosen = self._chosen
        light = [row for row in every if row.file.bytes <= shelf.MESSAGING and row.slot.use != "print"]
        return {
            **super().get_context_data(**keywords),
            "campaign": self.campaign,
            "words": self.campaign.for_reader(),
            "languages": [(code, code in self._languages) for code in self.mission.languages],
            "platforms": [(name, name in self._platforms) for name in sorted({row.slot.platform for row in every})],
            "how_much": self._given.get("how_much", "messaging"),
            "light": sum(row.file.bytes for row in light),
            "full": sum(row.file.bytes for row in every),
            "count": len(chosen),
            "bytes": sum(row.file.bytes for row in chosen),
            "named": sum(1 for row in chosen if row.named),
            "own": self._own,
        }

    @property
    def _own(self) -> OwnFiles:
        return OwnFiles(self.mission, {row.edition_id for row in self._chosen})

    def _kept(self) -> str:
        """The choice, as an address has it."""
        kept = self.request.POST.copy()
        for name in ("count", "own", "csrfmiddlewaretoken"):
            kept.pop(name, None)
        return str(kept.urlencode())

    @cached_property
    def _languages(self) -> list[str]:
        asked = [code for code in self._given.getlist("language") if code in self.mission.languages]
        return asked or (list(self.mission.languages) if "how_much" not in self._given else [])

    @cached_property
    def _platforms(self) -> list[str]:
        asked = self._given.getlist("platform")
        if asked or "how_much" in self._given:
            return list(asked)
        every = {row.slot.platform for row in shelf.leaving(self.mission).filter(edition__campaign=self.campaign)}
        return [name for name in every if not self.mission.platforms or name in self.mission.platforms]

    @cached_property
    def _chosen(self) -> list[Variant]:
        if not self._languages:
            return []
        rows = shelf.leaving(self.mission, self._languages).filter(edition__campaign=self.campaign)
        full = self._given.get("how_much") == "full"
        return [
            row
            for row in rows
            if row.slot.platform in self._platforms
            and (full or (row.file.bytes <= shelf.MESSAGING and row.slot.use != "print"))
        ]


class PackageView(PortalView):
    """A package being made, or ready to be taken."""

    template_name = "packages/package.html"
    here = "packages"

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        package = get_object_or_404(
            Package.objects.filter(mission=self.mission).select_related("file", "campaign"), pk=self.kwargs["pk"]
        )
        ready = Package.objects.leaving(self.mission).filter(pk=package.pk).exists()
        if package.file and not ready:
            raise Http404
        job = Job.objects.filter(key=f"package {package.pk}").first()
        waits = not ready and job is not None and job.state in Job.OPEN
        return {
            **super().get_context_data(**keywords),
            "package": package,
            "ready": ready,
            "job": job,
            "waits": waits,
            "silent": waits and worker_is_silent(),
        }


class LanguageView(LoginRequiredMixin, View):
    """The language of the screens, kept with the person."""

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("language", "")
        if wanted in dict(settings.INTERFACE_LANGUAGES):
            request.user.language = wanted
            request.user.save(update_fields=["language"])
        back = request.POST.get("next", "/")
        ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if ours else "/")


def _day(moment: Any, mission: Mission) -> Any:
    return moment.astimezone(mission.zone).date() if moment else None
