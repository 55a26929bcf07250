"""How SVG elements are painted, as far as outlines need it: by attributes, style sheets and their groups."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from media_tools.open.drawing import Refused
from media_tools.open.svg.tree import Element, asks_elsewhere

_CUTTING = ("clip-path", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end")
_INHERITED = ("fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "visibility")
_READ = frozenset((*_INHERITED, *_CUTTING, "display", "opacity", "transform"))
_DEFAULTS = {"fill": "#000000", "stroke": "none"}
_PLAINLY = "Export it with presentation attributes instead of a style sheet."

_MOST_LETTERS = 200_000  # of all style sheets: ten times what drawing programs write

_NOTHING = re.compile(r"0*(\.0*)?(px|%)?")
_SELECTOR = re.compile(r"[.#]?[\w-]+|\*")
_OPACITY = re.compile(r"(\d{1,9}(\.\d{0,9})?|\.\d{1,9})%?")
_SHORT_HEX = re.compile(r"#[0-9a-f]{3}")

type Styles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a rule says of one property; of several rules, the one that is more special wins, then the later."""

    special: int
    order: int
    value: str

    def over(self, other: Self | None) -> Self:
        return self if other is None or (self.special, self.order) >= (other.special, other.order) else other


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the file's style sheets say, by selector and property."""

    rules: Mapping[str, Mapping[str, _Declared]]

    @classmethod
    def of(cls, root: Element) -> Self:
        """Raises Refused for rules that we might misread."""
        css = "\n".join(element.text for element in root.all() if element.tag == "style")
        rules: dict[str, dict[str, _Declared]] = {}
        for order, (selector, styles) in enumerate(_rules(css)):
            special = "*.#".find(selector[0]) if selector[0] in ".#" else 0
            known = rules.setdefault(selector, {})
            known |= {name: _Declared(special, order, value).over(known.get(name)) for name, value in styles.items()}
        return cls(rules)

    def styles_of(self, element: Element) -> Styles:
        """An element's own styles: its attributes give way to the sheet, and the sheet to its style attribute."""
        attributes = element.attributes
        kinds = {"*", element.tag, f"#{attributes.get('id', '')}"}
        kinds |= {f".{name}" for name in attributes.get("class", "").split()}
        found: dict[str, _Declared] = {}
        for kind in sorted(kinds & self.rules.keys()):
            found |= {name: each.over(found.get(name)) for name, each in self.rules[kind].items()}
        given = {name: value.strip() for name, value in attributes.items() if name in _READ and name != "transform"}
        return given | {name: each.value for name, each in found.items()} | _declared(attributes.get("style", ""))


def inherited(styles: Styles) -> Styles:
    """Those that go over to what lies in a group."""
    return {name: styles[name] for name in _INHERITED if name in styles and styles[name] != "inherit"}


def check_seen(styles: Styles) -> None:
    """Raises Refused for what is not seen, or looks other than its outline."""
    hidden = styles.get("visibility") in ("hidden", "collapse") or styles.get("display") == "none"
    if hidden or opacity_of(styles, "opacity") == 0:
        raise Refused("has hidden parts.", "Show or delete the hidden layers and objects, and export it again.")
    if any(styles.get(name, "none") != "none" for name in _CUTTING):
        raise Refused(
            "cuts, hides or changes parts by a clip, a mask or a filter.",
            "Release or apply them in the drawing program, and export it again.",
        )
    if "transform" in styles:
        raise Refused("moves parts by its style sheet.", _PLAINLY)


def paint(styles: Styles, name: str, opacity: float) -> str | None:
    """The colour of its fill or stroke in one spelling, with how opaque it is where it is not; None for nothing."""
    thin = name == "stroke" and _NOTHING.fullmatch(styles.get("stroke-width", "1"))
    plain = styles.get(name, _DEFAULTS[name]).lower()
    opacity *= opacity_of(styles, f"{name}-opacity")
    if thin or plain in ("none", "transparent") or opacity == 0:
        return None
    if _SHORT_HEX.fullmatch(plain):
        plain = "#" + "".join(2 * digit for digit in plain[1:])
    colour = {"black": "#000000", "white": "#ffffff"}.get(plain, plain)
    return colour if opacity == 1 else f"{colour} at {opacity:.2g}"


def _rules(css: str) -> Iterator[tuple[str, Styles]]:
    if len(css) > _MOST_LETTERS:
        raise Refused("has a style sheet that is too long.", _PLAINLY)
    if "@" in css or asks_elsewhere(css):
        raise Refused("has a style sheet that asks for other files.", _PLAINLY)
    for rule in _without_comments(css).split("}"):
        selectors, _, body = rule.partition("{")
        styles = _declared(body)
        for selector in selectors.split(",") if styles else ():
            if not _SELECTOR.fullmatch(selector.strip()):
                raise Refused("has a style sheet that we cannot read.", _PLAINLY)
            yield selector.strip(), styles


def _without_comments(css: str) -> str:
    first, *others = css.replace("<!--", " ").replace("-->", " ").split("/*")
    return first + " ".join(other.partition("*/")[2] for other in others)


def _declared(body: str) -> dict[str, str]:
    """The properties that we read."""
    pairs = (entry.partition(":") for entry in body.split(";"))
    plain = ((name.strip().lower(), value.replace("!important", "").strip()) for name, _, value in pairs)
    return {name: value for name, value in plain if name in _READ}


def opacity_of(styles: Styles, name: str) -> float:
    """From 0 to 1."""
    text = styles.get(name, "1")
    if not _OPACITY.fullmatch(text):
        raise Refused(f"has the {name} {text[:20]!r}.", "Give it as a number, and export it again.")
    return min(1.0, float(text.removesuffix("%")) / (100 if text.endswith("%") else 1))
