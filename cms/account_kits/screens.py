"""What people see of an account kit: what it would be made from now, how far it is, and its pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language, gettext

from cms.account_kits.build import Wanted, order_kit, wanted
from cms.account_kits.forms import WordsForm, keep_words, words_forms
from cms.account_kits.models import AccountKit, AccountPicture
from cms.accounts.models import User
from cms.brands.models import Brand
from cms.jobs.models import Job, stage
from cms.jobs.queue import cancel, worker_is_silent
from cms.missions.models import Mission
from media_tools.errors import InvalidInput
from media_tools.platforms import Use, placements


@dataclass(frozen=True)
class Shown:
    """A mission's kit for one of the brand kits, in one of its languages."""

    mission: Mission
    asked: Mapping[str, str]

    @cached_property
    def brands(self) -> list[Brand]:
        return list(Brand.objects.all())

    @cached_property
    def brand(self) -> Brand | None:
        by_key = {str(brand.pk): brand for brand in self.brands}
        return by_key.get(self.asked.get("brand", "")) or next(iter(self.brands), None)

    @cached_property
    def wanted(self) -> Wanted | InvalidInput | None:
        """What a kit is made from now; the problem where the brand kit cannot be used; None where there is none."""
        if self.brand is None:
            return None
        try:
            return wanted(self.mission, self.brand)
        except InvalidInput as problem:
            return problem

    @cached_property
    def words(self) -> list[WordsForm]:
        """For each language that pictures can be made in."""
        return [form for form in self._all_words if form.language in self.languages]

    @cached_property
    def _all_words(self) -> list[WordsForm]:
        return words_forms(self.mission, self.asked)

    @property
    def words_refused(self) -> bool:
        return any(form.errors for form in self._all_words)

    @property
    def obstacle(self) -> str:
        """Why no kit can be made at all; empty when one can."""
        match self.wanted:
            case None:
                return gettext("Headquarters has no brand kit yet, so there is nothing to make pictures from.")
            case InvalidInput() as problem:
                return str(problem)
            case Wanted(accounts=()):
                return gettext("Nothing can be made in any language of the mission.")
            case Wanted(placements=()):
                return gettext("None of the mission’s platforms shows a picture of the account.")
        return ""

    @cached_property
    def kit(self) -> AccountKit | None:
        """The kit of exactly what is wanted now."""
        if not isinstance(self.wanted, Wanted):
            return None
        kits = AccountKit.objects.leaving(self.mission).filter(digest=self.wanted.digest)
        return kits.select_related("file").first()

    @property
    def outdated(self) -> bool:
        """Whether the mission had a kit before the brand kit, its names or the platforms' sizes changed."""
        return self.kit is None and AccountKit.objects.filter(mission=self.mission, brand_kit=self.brand).exists()

    @cached_property
    def job(self) -> Job | None:
        return Job.objects.filter(key=self.kit.job_key).first() if self.kit else None

    @property
    def state(self) -> str:
        """One of none, making, ready, refused, failed and stopped."""
        if self.kit is None:
            return "none"
        if self.kit.file:
            return "ready"
        return stage(self.job)

    @property
    def silent(self) -> bool:
        return self.state == "making" and worker_is_silent()

    @cached_property
    def languages(self) -> list[str]:
        return [account.language for account in self.wanted.accounts] if isinstance(self.wanted, Wanted) else []

    @property
    def language(self) -> str:
        """In which the pictures are shown: as asked, else the reader's, else the mission's first."""
        liked = (self.asked.get("language"), get_language(), *self.languages)
        return next((language for language in liked if language in self.languages), "")

    @property
    def platforms(self) -> list[str]:
        return sorted({slot.platform for slot in self.wanted.placements}) if isinstance(self.wanted, Wanted) else []

    @cached_property
    def pictures(self) -> list[AccountPicture]:
        """Those of the language shown, in the sheet's order."""
        if self.kit is None:
            return []
        order = list(placements())
        rows = self.kit.pictures.filter(language=self.language).select_related("file", "thumbnail")
        return sorted(rows, key=lambda row: order.index(row.placement))

    @property
    def avatars(self) -> list[AccountPicture]:
        return [row for row in self.pictures if row.slot.use is Use.AVATAR]

    @property
    def headers(self) -> list[AccountPicture]:
        return [row for row in self.pictures if row.slot.use is not Use.AVATAR]

    @property
    def refused(self) -> int:
        """How many pictures of all languages are refused."""
        return self.kit.pictures.filter(file=None).count() if self.kit else 0

    def act(self, by: User) -> bool:
        """Make the kit, or stop making it; whether nothing that was asked for stood in the way."""
        if "cancel" in self.asked:
            if self.job:
                cancel(self.job)
            return True
        if not keep_words(self._all_words):
            return False
        if isinstance(self.wanted, Wanted) and not self.obstacle:
            order_kit(self.wanted, by)
        return True
