"""What goes into a package, and its name: the same choice by the same mission finds the same package."""

import hashlib
from collections.abc import Iterable

from django.db import transaction

from cms.accounts.models import User
from cms.campaigns.models import Campaign
from cms.jobs.queue import enqueue
from cms.missions.models import Mission
from cms.packages.contents import describe
from cms.packages.models import Package, PackagePart
from cms.variants.models import Variant
from media_tools.recipe import canonical_json

_NAMED = 4  # languages in a package's name; more would not fit


@transaction.atomic
def order_package(mission: Mission, campaign: Campaign, variants: Iterable[Variant], by: User) -> Package:
    """The package of those of `variants` that leave to the mission now; the worker makes it if nobody has yet."""
    wanted = [variant.pk for variant in variants]
    chosen = list(Variant.objects.leaving(mission).filter(pk__in=wanted).select_related("edition").order_by("pk"))
    manifest = describe(mission, campaign, chosen)
    digest = hashlib.sha256(canonical_json(manifest)).hexdigest()
    languages = sorted({variant.edition.language for variant in chosen})
    told = "-".join(languages) if len(languages) <= _NAMED else f"{len(languages)}-languages"
    name = f"{campaign.slug}_{told}_{digest[:8]}.zip"
    package, _made = Package.objects.get_or_create(
        mission=mission, digest=digest, defaults={"campaign": campaign, "file_name": name}
    )
    PackagePart.objects.bulk_create(
        (PackagePart(package=package, variant=row, not_before=row.not_before) for row in chosen),
        update_conflicts=True,
        update_fields=["not_before"],
        unique_fields=["package", "variant"],
    )
    if package.file is None:
        enqueue("packages.make", key=f"package {package.pk}", owner=by, total=len(chosen), package=package.pk)
    return package
