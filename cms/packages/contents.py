"""What a package says of itself: the manifest, and the words that missions copy."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext, override

from cms.campaigns.models import Campaign
from cms.missions.models import Mission
from cms.variants.models import Variant, named
from media_tools.infographic import Infographic


def describe(mission: Mission, campaign: Campaign, variants: Sequence[Variant]) -> dict[str, Any]:
    """The manifest: everything that a mission, or its programs, may want to know. It holds no date of its making."""
    prefetch_related_objects(list(variants), "edition__facts__fact", "edition__images__image", "file")
    return {
        "version": 1,
        "mission": mission.name,
        "campaign": campaign.name,
        "files": [_file(variant) for variant in sorted(variants, key=arc_name)],
    }


def arc_name(variant: Variant) -> str:
    """Where it stands in the ZIP: by language and platform, under a name that no other design has."""
    return f"{variant.edition.language}/{variant.slot.platform}/{variant.file_name}"


def post_texts(variants: Sequence[Variant]) -> dict[str, str]:
    """A text file for each design and language: post copy, alt text, credits, and from when it may be published."""
    first = {variant.edition_id: variant for variant in variants}
    return {f"{one.edition.language}/{named(one.edition)}.txt": _post_text(one) for one in first.values()}


def not_before(variant: Variant) -> str | None:
    """From when it may be public, in UTC; None: at once. `variant` comes out of `leaving`."""
    return variant.not_before.astimezone(UTC).isoformat() if variant.not_before else None


def _file(variant: Variant) -> dict[str, Any]:
    edition = variant.edition
    story = Infographic.model_validate(edition.spec)
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
        "alt": edition.words["alt"],
        "post": edition.words["post"],
        "short": edition.words["short"],
        "credits": [{"credit": picture.credit, "licence": picture.licence} for picture in story.pictures],
        "sources": list(story.sources),
        "facts": {row.fact.key: row.shown for row in edition.facts.all()},
        "not_before": not_before(variant),
    }


def _post_text(variant: Variant) -> str:
    edition = variant.edition
    story = Infographic.model_validate(edition.spec)
    with override(edition.language):
        sections = [
            (gettext("Not to be published before"), not_before(variant) or ""),
            (gettext("Post text"), edition.words["post"]),
            (gettext("Short post text"), edition.words["short"]),
            (gettext("Alt text"), edition.words["alt"]),
            (gettext("Credit, must appear"), "\n".join(picture.credit for picture in story.pictures)),
            (gettext("Source"), "\n".join(story.sources)),
        ]
    return "\n\n".join([edition.title, *(f"{heading}\n{words}" for heading, words in sections if words)]) + "\n"
