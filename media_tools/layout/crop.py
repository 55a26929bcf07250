"""Which part of a picture is shown."""

from math import inf

from media_tools.spec.geometry import Box, Point, Size

_CENTRE = Point(0.5, 0.5)


def crop(
    picture: Size,
    target: Size,
    focal: tuple[float, float],
    want: Point = _CENTRE,
    closest: float = 1,
    enlarged: float = 1,
) -> Box:
    """The largest part with the proportions of `target`, as shares of `picture`.

    The subject at `focal` (shares of the picture) comes as near to `want` (shares of the target) as the edges allow;
    the part may be up to `closest` times smaller than it could be to bring it there, while no px of the picture is
    shown more than `enlarged` times as large.
    """
    ratio = (target.width / target.height) / (picture.width / picture.height)
    width, height = min(1.0, ratio), min(1.0, 1 / ratio)
    zoom = max(_reach(focal[0], want.x, width), _reach(focal[1], want.y, height))
    zoom = (
        min(zoom, closest, *(enlarged * times for times in _sharp(picture, target, width, height)))
        if closest > 1
        else 1
    )
    width, height = width / max(1, zoom), height / max(1, zoom)
    left = min(max(focal[0] - want.x * width, 0), 1 - width)
    top = min(max(focal[1] - want.y * height, 0), 1 - height)
    return Box(left, top, width, height)


def _reach(focal: float, want: float, share: float) -> float:
    """How many times smaller the part must be for `focal` to lie at `want`."""
    reach = min(focal / want if want else 1, (1 - focal) / (1 - want) if want < 1 else 1, share)
    return share / reach if reach > 0 else inf


def _sharp(picture: Size, target: Size, width: float, height: float) -> tuple[float, float]:
    """How many times smaller the part can be with at least a px of the picture for each px of the target."""
    return picture.width * width / target.width, picture.height * height / target.height
