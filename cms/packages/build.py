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


@transaction.atomic
def order_package(mission: Mission, campaign: Campaign, variants: Iterable[Variant], by: User) -> Package:
    """The package of these variants, all of them leaving to the mission; the worker makes it if nobody has yet."""
    chosen = sorted(variants, key=lambda variant: variant.pk)
    manifest = describe(mission, campaign, chosen)
    digest = hashlib.sha256(canonical_json(manifest)).hexdigest()
    name = f"{campaign.slug}_{'-'.join(sorted({variant.edition.language for variant in chosen}))}_{digest[:8]}.zip"
    package, made = Package.objects.get_or_create(
        mission=mission, digest=digest, defaults={"campaign": campaign, "file_name": name}
    )
    if made:
        PackagePart.objects.bulk_create(PackagePart(package=package, variant=variant) for variant in chosen)
    if package.file is None:
        enqueue("packages.make", key=f"package {package.pk}", owner=by, total=len(chosen), package=package.pk)
    return package
