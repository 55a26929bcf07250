"""Placements as tests walk through them: those that are laid out alike are one."""

from media_tools.platforms import Placement, choose


def _alike(placement: Placement) -> tuple[object, ...]:
    """What of a placement decides how a page is laid out on it."""
    seen = placement.safe_area, placement.avatar, placement.visible_width
    return placement.size, placement.use.value in ("cover", "print"), placement.qr, *map(str, seen)


STILLS = choose("all")
UNLIKE = tuple({_alike(placement): placement for placement in reversed(STILLS)}.values())[::-1]
"""The first of each kind, in the sheet's order."""
SHAPES = choose(
    "instagram.feed_portrait,instagram.feed_square,instagram.feed_landscape,instagram.story,x.post,x.header,"
    "linkedin.cover,zalo.article_cover,screen.hd_portrait"
)
"""One of each shape, where all of them would only take longer."""
