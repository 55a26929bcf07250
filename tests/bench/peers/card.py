"""A page of ours in the words of a web page: what it shows and the sizes it may use, but not where anything stands."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from media_tools.blocks.bar_chart import BarChart
from media_tools.blocks.qr_call import QRCall
from media_tools.infographic import Infographic, LaidOut
from media_tools.layout.frame import Fill, Found, Frame, Gradient, Paragraph, Photograph, walk
from media_tools.layout.page import BANNER, LANDSCAPE, Page
from media_tools.qr import matrix
from media_tools.spec.colour import Colour, channels
from media_tools.spec.geometry import Box

type Values = dict[str, object]


@dataclass(frozen=True)
class Shown:
    """What a laid-out page shows, looked up by the names of its groups."""

    laid: LaidOut

    @cached_property
    def found(self) -> tuple[Found, ...]:
        return tuple(walk(self.laid.frame))

    @property
    def photograph(self) -> Found | None:
        return next((found for found in self.found if isinstance(found.item, Photograph)), None)

    @property
    def ground(self) -> Colour:
        """What the page is filled with, which a composition may have changed; the page's own under a photo."""
        whole = (found.item for found in self.found if found.box == Box.of(self.laid.page.size))
        fills = (item.paint for item in whole if isinstance(item, Fill) and isinstance(item.paint, str))
        return next(fills, self.laid.page.ground.colour)

    @property
    def veils(self) -> list[Found]:
        return [found for found in self.found if _is_gradient(found)]

    def has(self, group: str) -> bool:
        return any(group in found.names for found in self.found)

    def paragraphs(self, group: str) -> list[Found]:
        return [found for found in self.found if isinstance(found.item, Paragraph) and group in found.names]

    def saying(self, text: str) -> Found | None:
        """The paragraph that says `text`, however its lines were broken and in small letters or capitals."""
        wanted = text.casefold()
        return next((found for found in self.paragraphs("page") if text and _words(found).casefold() == wanted), None)

    def figures(self) -> Iterator[tuple[Found, Found]]:
        """Amounts with their labels; between them there may be a unit on a line of its own."""
        groups = (found for found in self.found if isinstance(found.item, Frame) and found.item.name == "figure")
        for group in groups:
            lines = [found for found in self.paragraphs("figure") if group.box.overlap(found.box)]
            yield lines[0], lines[-1]


def card_of(laid: LaidOut, story: Infographic) -> Values:
    """The page as JSON for chromium.html; lengths in px of the finished file."""
    shown = Shown(laid)
    page = laid.page.on(shown.ground)
    return {
        "kind": _kind(laid, shown),
        "cover": page.use.at_a_glance,
        "width": page.size.width,
        "height": page.size.height,
        "vars": _lengths(page, shown) | _colours(page, shown),
        "titles": [page.title(step).size for step in page.shape.title_steps],
        "titleLeading": page.title(0).leading,
        "titleLines": page.shape.title_lines,
        "photo": _photo(shown),
        "veils": [_veil(found) for found in shown.veils],
        "pair": shown.has("pair"),
        **_texts(shown, story),
        "figures": _figures(shown),
        "chart": _chart(shown, story),
        "call": _call(shown, story),
        "mark": list(page.brand.mark.paths),
        "markBox": page.brand.mark.view_box,
        "names": [page.names.ministry, page.names.mission],
        "source": _words(shown.paragraphs("source")[0]),
    }


def _kind(laid: LaidOut, shown: Shown) -> str:
    page, photo = laid.page, shown.photograph
    if laid.theme == "frame":
        return "over" if _tall(page) else "side"
    if page.use.at_a_glance:
        return "cover"
    if photo is not None and photo.box.height == page.size.height:
        return "beside"
    return "tall" if _tall(page) else "columns"


def _tall(page: Page) -> bool:
    return page.shape not in (LANDSCAPE, BANNER)


def _lengths(page: Page, shown: Shown) -> Values:
    figure = next(shown.figures(), None)
    runs = figure[0].item.runs if figure and isinstance(figure[0].item, Paragraph) else ()
    box = _room(page, shown)
    names = next(found for found in shown.found if isinstance(found.item, Frame) and found.item.name == "lockup")
    beside = [found.box for found in shown.found if isinstance(found.item, Paragraph) and "source" not in found.names]
    lengths = {
        "words": max(box.right for box in beside) - box.x,
        "names": 1.03 * names.box.width,
        "base": page.base,
        "gap": page.gap(1),
        "gutter": page.gutter,
        "hairline": page.hairline,
        "rule": max(2, round(0.0046 * page.short)),
        "small": page.small.size,
        "label": page.label.size,
        "standfirst": page.standfirst.size,
        "amount": runs[0].style.size if runs else 0,
        "unit": runs[-1].style.size if runs else 0,
        "left": box.x,
        "top": box.y,
        "right": page.size.width - box.right,
        "bottom": page.size.height - box.bottom,
    }
    return {name: f"{length:.3f}px" for name, length in lengths.items()}


def _room(page: Page, shown: Shown) -> Box:
    """Where words stand: as far left and right as ours, and as high as the page allows or, over a photo, as ours."""
    boxes = [found.box for found in shown.found if "page" in found.names and isinstance(found.item, Paragraph | Fill)]
    inside = [box for box in boxes if box.width < page.size.width and box.height < page.size.height]
    left = min(box.x for box in inside)
    right = max(box.right for box in inside)
    words = min(found.box.y for found in shown.paragraphs("page"))
    top = max(page.box.y, words - page.base) if shown.veils and _tall(page) else page.box.y
    return Box(left, top, right - left, page.box.bottom - top)


def _colours(page: Page, shown: Shown) -> Values:
    kicker = shown.paragraphs("headline")[0].item
    card = page.on(page.brand.colours.surface).ground
    return {
        "ground": page.ground.colour,
        "text": page.ground.text,
        "strong": page.ground.strong,
        "quiet": page.ground.quiet,
        "accent": page.ground.accent,
        "line": page.ground.line,
        "kicker": kicker.runs[0].style.colour if isinstance(kicker, Paragraph) else page.ground.strong,
        "surface": card.colour,
        "ink": page.brand.colours.ink,
        "cardText": card.text,
    }


def _photo(shown: Shown) -> Values | None:
    found = shown.photograph
    if found is None or not isinstance(found.item, Photograph):
        return None
    box, crop = found.box, found.item.crop
    return {
        "left": round(box.x),
        "top": round(box.y),
        "width": round(box.width),
        "height": round(box.height),
        "crop": [crop.y, 1 - crop.right, 1 - crop.bottom, crop.x],
        "position": [_position(crop.x, crop.width), _position(crop.y, crop.height)],
        "whole": max(crop.width, crop.height) > 0.9999,
    }


def _position(start: float, length: float) -> float:
    """CSS object-position, a share: what lies outside is divided so."""
    return start / (1 - length) if length < 1 else 0.5


def _veil(found: Found) -> Values:
    if not isinstance(found.item, Fill) or not isinstance(found.item.paint, Gradient):
        raise TypeError(f"{found.item} is no gradient.")
    paint, box = found.item.paint, found.box
    red, green, blue = (round(255 * value) for value in channels(paint.colour))
    stops = ",".join(f"rgba({red},{green},{blue},{stop.opacity:.4f}) {100 * stop.at:.3f}%" for stop in paint.stops)
    direction = "to bottom" if paint.end.y else "to right"
    return {
        "left": box.x,
        "top": box.y,
        "width": box.width,
        "height": box.height,
        "background": f"linear-gradient({direction},{stops})",
    }


def _texts(shown: Shown, story: Infographic) -> Values:
    headline = story.headline
    said = {
        "kicker": shown.saying(headline.kicker),
        "date": shown.saying(story.date),
        "standfirst": shown.saying(headline.standfirst),
    }
    title = headline.text if shown.saying(headline.text) else headline.short
    return {name: _words(found) if found else "" for name, found in said.items()} | {"title": title}


def _figures(shown: Shown) -> Values | None:
    cells = list(shown.figures())
    if not cells:
        return None
    amount, label = cells[0]
    return {
        "beside": label.box.x > amount.box.x,
        "columns": len({round(amount.box.x) for amount, _ in cells}),
        "under": _under_words(amount, shown),
        "cells": [[*_runs(amount), _words(label)] for amount, label in cells],
    }


def _under_words(amount: Found, shown: Shown) -> bool:
    """Whether figures stand under the headline, on a page that has evidence beside it."""
    title = next(found for found in shown.paragraphs("headline"))
    return amount.box.y > title.box.bottom and abs(amount.box.x - title.box.x) < shown.laid.page.gutter


def _runs(found: Found) -> tuple[str, str]:
    digits, *units = found.item.runs if isinstance(found.item, Paragraph) else ()
    return digits.text, "".join(run.text for run in units)


def _chart(shown: Shown, story: Infographic) -> Values | None:
    chart = next((block for block in story.blocks if isinstance(block, BarChart)), None)
    if chart is None or not shown.has("bar_chart"):
        return None
    most = max(row.value for row in chart.rows)
    name = shown.paragraphs("bar")[0]
    bar = next(found for found in shown.found if isinstance(found.item, Fill) and "bar" in found.names)
    return {
        "title": chart.title,
        "above": name.box.bottom <= bar.box.y + 1,
        "thickness": bar.box.height,
        "rows": [
            {
                "label": row.label,
                "value": str(row.value),
                "share": float(row.value / most),
                "high": at == chart.highlight,
            }
            for at, row in enumerate(chart.rows)
        ],
    }


def _call(shown: Shown, story: Infographic) -> Values | None:
    call = next((block for block in story.blocks if isinstance(block, QRCall)), None)
    if call is None or not shown.has("qr_call"):
        return None
    code = next((found.box.width for found in shown.found if "qr" in found.names), 0)
    drawing = matrix(call.link.url)
    return {
        "verb": call.verb,
        "address": call.link.spoken,
        "code": code,
        "side": drawing.side,
        "path": drawing.path if code else "",
    }


def _words(found: Found) -> str:
    return " ".join(found.item.text.split("\n")) if isinstance(found.item, Paragraph) else ""


def _is_gradient(found: Found) -> bool:
    return isinstance(found.item, Fill) and isinstance(found.item.paint, Gradient)


def as_json(card: Values) -> str:
    return json.dumps(card, ensure_ascii=False)
