"""What a package says of itself: the manifest, and the words that missions copy."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext, override

from cms.campaigns.models import Campaign
from cms.missions.models import Mission
from cms.variants.models import Sidecar, Variant, named


def describe(mission: Mission, campaign: Campaign, variants: Sequence[Variant]) -> dict[str, Any]:
    """The manifest: everything that a mission, or its programs, may want to know. It holds no date of its making."""
    prefetch_related_objects(list(variants), "edition__facts__fact", "file", "sidecars__file")
    return {
        "version": 1,
        "mission": mission.name,
        "campaign": campaign.name,
        "files": [_file(variant) for variant in sorted(variants, key=arc_name)],
    }


def arc_name(variant: Variant) -> str:
    """Where it stands in the ZIP: by language and platform, under a name that no other design has."""
    return f"{variant.edition.language}/{variant.slot.platform}/{variant.file_name}"


def sidecar_name(sidecar: Sidecar) -> str:
    """Beside its variant and called like it: platforms and players find captions by that."""
    return f"{sidecar.variant.edition.language}/{sidecar.variant.slot.platform}/{sidecar.name}"


def post_texts(variants: Sequence[Variant]) -> dict[str, str]:
    """A text file for each design and language: post copy, alt text, credits, and from when it may be published."""
    of_edition: dict[int, list[Variant]] = {}
    for variant in variants:
        of_edition.setdefault(variant.edition_id, []).append(variant)
    return {
        f"{files[0].edition.language}/{named(files[0].edition)}.txt": _post_text(files) for files in of_edition.values()
    }


def not_before(variant: Variant) -> str | None:
    """From when it may be public, in UTC; None: at once. `variant` comes out of `leaving`."""
    return variant.not_before.astimezone(UTC).isoformat() if variant.not_before else None


def _file(variant: Variant) -> dict[str, Any]:
    edition = variant.edition
    beside = [_beside(row) for row in variant.sidecars.all()]
    return {
        "name": arc_name(variant),
        "title": edition.title,
        "language": edition.language,
        "placement": variant.placement,
        "width": variant.width,
        "height": variant.height,
        "bytes": variant.file.bytes,
        "sha256": variant.file.sha256,
        "content": edition.content,
        "fingerprint": variant.fingerprint,
        "alt": variant.shown_alt,
        "post": edition.words["post"],
        "short": edition.words["short"],
        "credits": [{"credit": credit, "licence": licence} for credit, licence in edition.credits],
        "sources": edition.sources,
        "facts": {row.fact.key: row.shown for row in edition.facts.all()},
        "not_before": not_before(variant),
        **({"seconds": variant.seconds} if variant.moving else {}),
        **({"animated": True} if variant.animated else {}),
        **({"named": variant.named} if variant.named else {}),
        **({"beside": beside} if beside else {}),
    }


def _beside(sidecar: Sidecar) -> dict[str, Any]:
    """What travels with a file: captions, a transcript, a poster, slides with their place and what they show."""
    name = sidecar_name(sidecar)
    told = {"name": name, "kind": sidecar.kind, "bytes": sidecar.file.bytes, "sha256": sidecar.file.sha256}
    return {**told, "slide": sidecar.number, "alt": sidecar.alt} if sidecar.number else told


def _post_text(files: Sequence[Variant]) -> str:
    edition = files[0].edition
    with override(edition.language):
        sections = [
            (gettext("Not to be published before"), not_before(files[0]) or ""),
            (gettext("Post text"), edition.words["post"]),
            (gettext("Short post text"), edition.words["short"]),
            (gettext("Alt text"), edition.words["alt"]),
            *((f"{gettext('Alt text')}, {file.label}", _by_slide(file)) for file in files if len(file.pages) > 1),
            *((f"{gettext('Alt text')}, {file.label}", _of_clip(file)) for file in files if file.animated),
            (gettext("Credit, must appear"), "\n".join(credit for credit, _licence in edition.credits)),
            (gettext("Source"), "\n".join(edition.sources)),
        ]
    return "\n\n".join([edition.title, *(f"{heading}\n{words}" for heading, words in sections if words)]) + "\n"


def _of_clip(variant: Variant) -> str:
    """What it shows, where that is less than the whole design says."""
    return "" if variant.alt == variant.edition.words["alt"] else variant.alt


def _by_slide(variant: Variant) -> str:
    return "\n".join(f"{page.number}. {page.alt}" for page in variant.pages)
