"""The parts of an SVG file, as expat reports them; what could run, load or hide is refused on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from media_tools.open.drawing import Refused

MOST_ELEMENTS = 20_000
MOST_NESTED = 32  # groups in one another

_SVG = "http://www.w3.org/2000/svg"
_NOTES = (  # what editors and archives write for themselves, and nobody draws
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
)
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
UNDRAWN = ("title", "desc", "metadata", "defs", "style", "linearGradient", "radialGradient", "stop")
_CONVERT = "Convert it to paths in the drawing program, and export it again."
_DELETE = "Delete it in the drawing program, and export it again."
_REFUSED = {
    "script": ("runs a script.", _DELETE),
    "foreignObject": ("holds a piece of a web page.", _DELETE),
    "image": ("holds a photo or another file.", "Keep the outlines alone, or give a picture instead of artwork."),
    "text": ("has text, which looks different on every machine.", "Delete it, or convert it to paths."),
    "use": ("repeats parts by reference.", "Unlink the clones or symbols in the drawing program, and export it again."),
    "symbol": ("has symbols.", "Break the symbols apart in the drawing program, and export it again."),
    "clipPath": ("cuts parts off.", "Release the clips or cut the outlines themselves, and export it again."),
    "mask": ("hides parts behind a mask.", "Release the masks, and export it again."),
    "svg": ("has a second drawing inside it.", "Ungroup it in the drawing program, and export it again."),
    "a": ("has links.", "Take the links off in the drawing program, and export it again."),
    "animate": ("moves.", _DELETE),
    "set": ("moves.", _DELETE),
}
_NAMES = {
    "http://www.w3.org/1999/xlink href": "href",
    "http://www.inkscape.org/namespaces/inkscape label": "label",
}
"""Attributes of other namespaces that we read; a name that keeps its namespace is asked for by nobody."""


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def all(self) -> Iterator["Element"]:
        """It and everything in it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.all()


def read_tree(content: bytes) -> Element:
    """Raises Refused."""
    return _Tree().read(content)


def asks_elsewhere(value: str) -> bool:
    """Whether a style or an attribute points out of the file."""
    _, *targets = value.lower().split("url(")
    return any(not target.lstrip(" \t\r\n\f'\"").startswith("#") for target in targets)


class _Tree:
    """Makes a tree of what expat reports, and refuses on the way what may not be there."""

    def __init__(self) -> None:
        self._root: Element | None = None
        self._open: list[Element] = []
        self._skipped = 0
        self._count = 0

    def read(self, content: bytes) -> Element:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declarations
        parser.ProcessingInstructionHandler = _refuse_instructions
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: encodings we cannot read
            raise Refused("is no SVG drawing: its text is broken.", "Export it again as plain SVG.") from error
        if self._root is None:
            raise Refused("is no SVG drawing.", "Export it as plain SVG.")
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if self._skipped or namespace in _NOTES:
            self._skipped += 1
            return
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > MOST_NESTED:
            raise Refused(
                f"has more than {MOST_ELEMENTS} parts, or groups nested more than {MOST_NESTED} deep.",
                "Join and ungroup its parts in the drawing program, and export it again.",
            )
        _check_kind(tag, namespace, is_root=not self._open)
        _check_values(attributes)
        element = Element(tag, {_NAMES.get(key, key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._open.pop()

    def _text(self, words: str) -> None:
        if self._open and not self._skipped:
            self._open[-1].words.append(words)


def _refuse_declarations(*_declared: object) -> None:
    raise Refused("declares a document type.", "Export it as plain SVG, or delete the lines from <!DOCTYPE on.")


def _refuse_instructions(*_instructed: object) -> None:
    raise Refused("asks for another file.", "Export it as plain SVG, or delete the lines that begin with <?.")


def _check_kind(tag: str, namespace: str, *, is_root: bool) -> None:
    if is_root and (tag != "svg" or namespace not in ("", _SVG)):
        raise Refused("is no SVG drawing.", "Export it as plain SVG.")
    if not is_root and (namespace not in ("", _SVG) or tag not in ("g", *SHAPES, *UNDRAWN)):
        named = next((key for key in _REFUSED if tag == key or (key == "animate" and tag.startswith(key))), None)
        raise Refused(*(_REFUSED[named] if named else (f"has a part of the kind {tag[:40]!r}.", _CONVERT)))


def _check_values(attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        local = name.rpartition(" ")[2].lower()
        if local.startswith("on"):
            raise Refused("runs a script.", _DELETE)
        if asks_elsewhere(value) or (local == "href" and not value.startswith("#")):
            raise Refused("asks for another file.", "Put everything into the drawing itself, and export it again.")
