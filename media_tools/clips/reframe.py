"""Which part of the footage a frame of other proportions shows."""

from media_tools.spec.geometry import Box, Size


def crop(source: Size, target: Size, focal: tuple[float, float]) -> Box:
    """The largest part of `source` with the proportions of `target`, its centre as near `focal` as it can be.

    In whole, even px: H.264 keeps colour for every second one.
    """
    ratio = target.width / target.height
    width = _even(min(source.width, source.height * ratio))
    height = _even(min(source.height, source.width / ratio))
    x = _even(min(max(0, focal[0] * source.width - width / 2), source.width - width))
    y = _even(min(max(0, focal[1] * source.height - height / 2), source.height - height))
    return Box(x, y, width, height)


def _even(value: float) -> int:
    return int(value / 2 + 1e-9) * 2
