"""The example's own pictures, computed and not taken: three scenes that stand in for a press office's photos."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL.Image import Image

from media_tools.example.scenes.bay import bay
from media_tools.example.scenes.crowd import crowd
from media_tools.example.scenes.pavilion import pavilion

__all__ = ["SCENES", "Scene", "bay", "crowd", "pavilion"]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture to be drawn: `draw` takes width and height in px, `focal` is the subject as shares of the two."""

    draw: Callable[[int, int], Image]
    focal: tuple[float, float]


SCENES: dict[str, Scene] = {
    "bay": Scene(bay, (0.6, 0.605)),
    "pavilion": Scene(pavilion, (0.535, 0.47)),
    "crowd": Scene(crowd, (0.526, 0.5)),
}
