"""Drawings good and bad: each is opened as it is drawn everywhere else, or refused in a sentence with a remedy."""

import json
import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_tools.errors import CannotOpen
from media_tools.example.campaign import copy_artwork
from media_tools.open.artwork import MOST_BYTES, open_artwork
from media_tools.open.drawing import MOST_POINTS, SIDE, Drawing, Kind
from media_tools.open.outline import outline

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]
SLOWEST = 2.0  # seconds of the processor
MOST_MEMORY = 200  # MB


def svg(body: str, attributes: str = 'viewBox="0 0 100 50"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'


def geojson(*geometries, **members) -> str:
    features = [
        {"type": "Feature", "properties": {"name": f"Place {number}"}, "geometry": geometry}
        for number, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def polygon(*rings) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.fixture
def opened(tmp_path):
    def opened(content: str | bytes) -> Drawing:
        path = tmp_path / "drawing.svg"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_artwork(path)

    return opened


def bounds(data: str) -> tuple[float, ...]:
    box = outline(data).computeTightBounds()
    return tuple(round(value, 1) for value in (box.left(), box.top(), box.right(), box.bottom()))


# SVG that is drawn


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<path d="M10 10h20v20h-20z"/>', (100, 100, 300, 300)),
        ('<path d="m10,10 20,0 0,20z m30 0 5 0 0 5z"/>', (100, 100, 450, 300)),
        ('<path d="M10 10Q20 0 30 10T50 10V20Z"/>', (100, 50, 500, 200)),
        ('<path d="M10 20a10 10 0 1120 0 10 10 0 11-20 0z"/>', (100, 100, 300, 300)),
        ('<path d="M1.e1 10.L30 10V3.e1Z"/>', (100, 100, 300, 300)),
        ('<rect x="10" y="10" width="20px" height="30"/>', (100, 100, 300, 400)),
        ('<rect x="10" y="10" width="20" height="30" rx="50"/>', (100, 100, 300, 400)),
        ('<circle cx="20" cy="20" r="10"/>', (100, 100, 300, 300)),
        ('<ellipse cx="20" cy="20" rx="10" ry="5"/>', (100, 150, 300, 250)),
        ('<polygon points="10,10 30,10 30,30"/>', (100, 100, 300, 300)),
        ('<polyline points="10 10 30 10 30 30"/>', (100, 100, 300, 300)),
        ('<line x1="10" y1="10" x2="30" y2="20" stroke="#000"/>', (100, 100, 300, 200)),
    ],
    ids=lambda value: re.sub(r"\W+", " ", value)[:30] if isinstance(value, str) else "",
)
def test_every_shape_lies_where_it_was_drawn(opened, element, expected):
    (shape,) = opened(svg(element)).shapes

    assert bounds(shape.data) == expected
    assert set(re.findall("[A-Za-z]", shape.data)) <= set("MLCZ")


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("translate(10)", (100, 0, 200, 100)),
        ("translate(10,20)", (100, 200, 200, 300)),
        ("scale(2 3)", (0, 0, 200, 300)),
        ("translate(10 10) scale(2)", (100, 100, 300, 300)),
        ("rotate(90 5 5)", (0, 0, 100, 100)),
        ("matrix(1 0 0 1 20 10)", (200, 100, 300, 200)),
        ("translate(10 0), skewX(45)", (100, 0, 300, 100)),
    ],
)
def test_transforms_move_shapes_and_what_lies_in_groups(opened, transform, expected):
    rect = '<rect width="10" height="10"/>'
    own = svg(rect.replace("<rect", f'<rect transform="{transform}"'))
    grouped = svg(f'<g transform="{transform}"><g>{rect}</g></g>')

    assert bounds(opened(own).shapes[0].data) == bounds(opened(grouped).shapes[0].data) == expected


def test_the_page_has_one_size_whatever_its_units(opened):
    small = opened(svg('<rect x="0.1" width="0.1" height="0.1"/>', 'viewBox="0 0 1 0.5"'))
    large = opened(svg('<rect x="-900" y="20" width="100" height="100"/>', 'viewBox="-1000 20 1000 500"'))
    bare = opened(svg('<rect x="10" width="10" height="10"/>', 'width="100px" height="50"'))

    assert small == large == bare
    assert (small.size.width, small.size.height) == (SIDE, SIDE / 2)


def test_a_shape_goes_by_its_title_label_id_and_classes_and_by_those_of_its_groups(opened):
    path = '<path id="a_1" class="land big" data-name="Old Town" d="M1 1h9v9z"><title>Town</title></path>'
    body = f'<g id="north">{path}</g>'
    drawing = opened(svg(body))

    assert drawing.names == ("Town", "Old Town", "a_1", "land", "big", "north")
    for name in ("old town", "OLD_TOWN", "Old_x20_Town", "a 1", "North"):
        assert drawing.named(name) == drawing.shapes
    assert drawing.named("south") == ()


def test_fill_and_stroke_say_whether_it_is_an_area_or_a_line(opened):
    body = (
        '<path d="M1 1h9v9z"/><g style="fill:none; stroke:#c00"><path d="M1 1h9"/>'
        '<path style="fill:#0C0" d="M1 1h9v9z"/></g>'
        '<path fill="none" d="M0 0h50v50H0z"/>'
    )
    area, line, both = opened(svg(body)).shapes

    assert (area.kind, area.stroked, area.colours) == (Kind.AREA, False, {"#000000"})
    assert (line.kind, line.stroked, line.colours) == (Kind.LINE, True, {"#cc0000"})
    assert (both.kind, both.stroked, both.colours) == (Kind.AREA, True, {"#00cc00", "#cc0000"})


def test_what_is_half_transparent_is_of_another_colour(opened):
    body = '<g opacity=".5"><path fill-opacity="50%" d="M1 1h9v9z"/><path fill-opacity="0" d="M1 1h9v9z"/></g>'
    (shape,) = opened(svg(body)).shapes

    assert shape.colours == {"#000000 at 0.25"}


def test_style_sheets_are_read_as_illustrator_writes_them(opened):
    css = (
        ".cls-1{fill:none;stroke:#231f20}.cls-2,.cls-3{fill-rule:evenodd}#x{fill:#fff}path{fill:#123}.cls-3{fill:#456}"
    )
    body = (
        f'<defs><style>/* {{ */ {css}</style></defs><path class="cls-1" d="M1 1h9v9z"/>'
        '<path class="cls-2" d="M1 1h9v9z"/><path id="x" class="cls-3" d="M1 1h9v9z"/><path class="cls-3" d="M1 1h9z"/>'
    )
    first, second, third, fourth = opened(svg(body)).shapes

    assert first.kind is Kind.LINE
    assert (second.even_odd, second.colours) == (True, {"#112233"})
    assert third.colours == {"#ffffff"}
    assert fourth.colours == {"#445566"}


def test_even_odd_is_kept_where_the_drawing_says_so(opened):
    ring = '<path {} d="M10 10h30v30h-30zM20 20h10v10h-10z"/>'
    plain, odd = opened(svg(ring.format("") + ring.format('fill-rule="evenodd"'))).shapes

    assert outline(plain.data, even_odd=plain.even_odd).contains(250, 250)
    assert not outline(odd.data, even_odd=odd.even_odd).contains(250, 250)


def test_what_editors_write_for_themselves_is_no_hindrance(opened):
    content = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
    <!-- made by hand -->
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
      xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" viewBox="0 0 100 50">
      <sodipodi:namedview pagecolor="#ffffff"><inkscape:page x="0"/></sodipodi:namedview>
      <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:li/></rdf:RDF></metadata>
      <defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
      <g inkscape:label="Old Town" style="display:inline"><path fill="url(#g)" d="M1 1h9v9z"/></g>
    </svg>"""

    assert opened(content).names == ("Old Town",)
    assert opened(content.replace("UTF-8", "UTF-16").encode("utf-16")).names == ("Old Town",)


def test_a_trimmed_drawing_begins_and_ends_with_its_ink(opened):
    trimmed = opened(svg('<circle cx="60" cy="30" r="10"/><path d="M70 20C80 10 80 40 70 30z"/>')).trimmed

    drawn = bounds("".join(shape.data for shape in trimmed.shapes))
    assert drawn == (0, 0, round(trimmed.size.width, 1), round(trimmed.size.height, 1))


def test_every_drawing_of_the_example_opens(tmp_path):
    copy_artwork(tmp_path)

    drawings = {path.stem: open_artwork(path) for path in tmp_path.iterdir()}

    assert {"Northern coast", "Delta", "Islands"} <= set(drawings["island"].names)
    assert all(drawing.shapes for drawing in drawings.values())


# SVG that is refused

PATH = '<path d="M1 1h9v9z"/>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (svg("<script>alert(1)</script>" + PATH), "runs a script"),
        (svg('<path onclick="alert(1)" d="M1 1h9v9z"/>'), "runs a script"),
        (svg(PATH, 'viewBox="0 0 9 9" onload="alert(1)"'), "runs a script"),
        (svg('<image href="photo.png"/>'), "holds a photo"),
        (svg("<foreignObject><p/></foreignObject>"), "web page"),
        (svg("<text>Town</text>"), "has text"),
        (svg('<use href="#a"/>'), "by reference"),
        (svg('<a href="https://mfa.example/">' + PATH + "</a>"), "has links|another file"),
        (svg('<clipPath id="c"/>' + PATH), "cuts parts off"),
        (svg('<g clip-path="url(#c)">' + PATH + "</g>"), "by a clip"),
        (svg('<g style="filter:url(#c)">' + PATH + "</g>"), "by a clip, a mask or a filter"),
        (svg("<animateTransform/>" + PATH), "moves"),
        (svg("<svg>" + PATH + "</svg>"), "a second drawing"),
        (svg("<hatch/>"), "of the kind 'hatch'"),
        (svg('<html:script xmlns:html="http://www.w3.org/1999/xhtml"/>'), "runs a script"),
        (svg('<g style="display:none">' + PATH + "</g>"), "hidden parts"),
        (svg('<g visibility="hidden">' + PATH + "</g>"), "hidden parts"),
        (svg("<style>.a{opacity:0}</style>" + PATH.replace("<path", '<path class="a"')), "hidden parts"),
        (svg("<style>@import 'https://mfa.example/a.css';</style>" + PATH), "asks for other files"),
        (svg("<style>.a{fill:url(https://mfa.example/a.svg#b)}</style>" + PATH), "asks for other files"),
        (svg("<style>g > path{fill:none}</style>" + PATH), "style sheet that we cannot read"),
        (svg("<style>path{transform:scale(2)}</style>" + PATH), "moves parts by its style sheet"),
        (svg('<path fill="url( \'//mfa.example/a.svg#b\')" d="M1 1h9v9z"/>'), "another file"),
        ('<?xml-stylesheet href="a.css"?>' + svg(PATH), "another file"),
        ("<!DOCTYPE svg>" + svg(PATH), "document type"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<title>&a;</title>"), "document type"),
        (svg("<title>&lol;</title>" + PATH), "text is broken"),
        (svg(PATH)[:-9], "text is broken"),
        ('<?xml version="1.0" encoding="utf-7"?>' + svg(PATH), "text is broken"),
        ("<html><body/></html>", "is no SVG drawing"),
        (svg(PATH, ""), "how large its page is"),
        (svg(PATH, 'width="100%" height="100%"'), "how large its page is"),
        (svg(PATH, 'viewBox="0 0 100"'), "how large its page is"),
        (svg(PATH, 'viewBox="0 0 0 10"'), "no size"),
        (svg(PATH, 'viewBox="0 0 nan 10"'), "how large its page is"),
        (svg(PATH, 'viewBox="0 0 1e9 10"'), "like a thread"),
        (svg(""), "shows nothing"),
        (svg('<path fill="none" d="M1 1h9"/>'), "shows nothing"),
        (svg('<path d="M1 1h9 whatever"/>'), "no plain numbers"),
        (svg('<path d="M1 1 L 05 9"/>'), "no plain numbers"),
        (svg('<path d="L1 1"/>'), "outline that is broken"),
        (svg('<path d="M1 1 L 9"/>'), "outline that is broken"),
        (svg('<path d="M1 1a1 1 0 2 0 1 1"/>'), "outline that is broken"),
        (svg('<rect width="50%" height="9"/>'), "no plain numbers"),
        (svg('<path d="M0 0h1e30v9z"/>'), "too large to draw"),
        (svg('<path d="M0 0h1e999v9z"/>'), "too large to draw"),
        (svg('<g transform="scale(1e300) scale(1e300)">' + PATH + "</g>"), "too large to draw|broken"),
        (svg('<g transform="perspective(1)">' + PATH + "</g>"), "transform that we cannot read"),
        (svg('<path d="M90 1h20v9z"/>'), "beyond the edge"),
        (svg('<rect width="100%" height="9"/>'), "no plain numbers"),
        (svg('<rect width="100" height="50"/>' + PATH), "background as large as its page"),
        (svg('<path d="M-1-1V51H101V-1z"/>' + PATH), "background as large as its page"),
        (svg(PATH.replace("<path", '<path id="a\u202eb"')), "cannot be seen"),
        (svg(PATH.replace("<path", f'<path id="{"x" * 121}"')), "name of 121 characters"),
        ("plain words", "neither SVG nor GeoJSON"),
        ("", "neither SVG nor GeoJSON"),
        (b"\x89PNG\r\n\x1a\n", "neither SVG nor GeoJSON"),
    ],
)
def test_what_may_not_be_in_a_drawing_is_refused_with_a_remedy(opened, content, words):
    with pytest.raises(CannotOpen, match=words) as refusal:
        opened(content)

    assert refusal.value.name == "drawing.svg"
    assert refusal.value.why.endswith(".")
    assert refusal.value.remedy.endswith(".")
    assert str(refusal.value).count("\n") == 0


def test_a_folder_a_missing_file_and_a_huge_one_are_refused(tmp_path):
    huge = tmp_path / "huge.svg"
    with huge.open("wb") as stream:
        stream.truncate(50_000_000)

    for path, words in ((tmp_path, "ordinary file"), (tmp_path / "none.svg", "cannot be read"), (huge, "has 50 MB")):
        with pytest.raises(CannotOpen, match=words):
            open_artwork(path)


def filled(text: str, size: int = MOST_BYTES - 200) -> str:
    return (text * (size // len(text) + 1))[:size]


HOSTILE = {
    "entities": '<!DOCTYPE a [<!ENTITY b "&#99;"><!ENTITY c "&b;&b;&b;">]><svg>&c;</svg>',
    "many parts": lambda: svg(filled("<g/>")),
    "deep": lambda: svg(filled("<g>")),
    "one path": lambda: svg(f'<path d="{filled("M0 0h1h1")}"/>'),
    "many points": lambda: svg(f'<path d="M0 0{"h1h-1" * 200_000}"/>'),
    "flags": lambda: svg(f'<path d="M0 0a{"0" * 1_400_000}"/>'),
    "digits": lambda: svg(f'<rect width="{"1" * 4_000_000}x" height="1"/>'),
    "rules": lambda: svg(f"<style>{filled('.a{fill:red}', 4_000_000)}</style>"),
    "comments": lambda: svg(f"<style>{filled('/*', 4_000_000)}</style>"),
    "blanks": lambda: svg(f'<g id="url({" " * 4_000_000}#"/>'),
    "transforms": lambda: svg(f'<g transform="{filled("scale(1)", 4_000_000)}">{PATH}</g>'),
    "classes": lambda: svg(f'<g class="{filled("a b c d ", 4_000_000)}">{PATH}</g>'),
    "group names": lambda: svg(f'<g class="{" ".join(f"c{n}" for n in range(400))}">{PATH * 10_000}</g>'),
    "beyond the edge": lambda: svg('<path d="M0 0C50 500 50 -500 1 1z"/>' * 15_000),
    "brackets": lambda: '{"type":' + "[" * 2_000_000,
    "objects": lambda: filled('{"type":'),
    "nested features": lambda: '{"type": "FeatureCollection", "features": ' + "[" * 60_000 + "]" * 60_000 + "}",
    "numbers": lambda: '{"type": "FeatureCollection", "features": [' + "1.5," * 1_000_000 + "1]}",
    "coordinates": lambda: geojson(polygon([[0.1, 0.1]] * 100_000)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_no_file_takes_long_to_refuse(opened, content):
    content = content() if callable(content) else content
    began = time.process_time()

    with pytest.raises(CannotOpen):
        opened(content)

    assert time.process_time() - began < SLOWEST


@pytest.mark.parametrize("case", ["coordinates", "one path", "classes"])
def test_no_file_takes_much_memory(tmp_path, case):
    path = tmp_path / "drawing.svg"
    path.write_text(HOSTILE[case]())
    code = (
        "import resource, sys; from pathlib import Path; from media_tools.open.artwork import open_artwork\n"
        "most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = most()\n"
        "try:\n open_artwork(Path(sys.argv[1]))\n"
        "except Exception as error:\n print(type(error).__name__, (most() - before) // 1024)"
    )

    told = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True).stdout.split()

    assert told[0] == "CannotOpen"
    assert int(told[1]) < MOST_MEMORY


def test_as_many_points_as_are_allowed_are_drawn(opened):
    each = 1000
    ring = "M5 5" + "".join(f"L{50 + number % 40} {number % 45}" for number in range(each - 2)) + "z"

    assert len(opened(svg(f'<path d="{ring}"/>' * (MOST_POINTS // each))).shapes) == MOST_POINTS // each
    with pytest.raises(CannotOpen, match="points"):
        opened(svg(f'<path d="{ring}"/>' * (MOST_POINTS // each + 1)))


GOOD = svg(
    '<style>.a{fill:#123}</style><g id="north" transform="translate(5 5) rotate(10)"><title>North</title>'
    '<path class="a" fill-rule="evenodd" d="M1 1h9v9zC1 2 3 4 5 6"/><circle cx="9" cy="9" r="3"/></g>'
    '<polygon points="1,1 5,5 9,1" stroke="red"/>'
)
SEA = geojson(polygon(SQUARE, HOLE), {"type": "Point", "coordinates": [5, 5]})
PIECES = st.sampled_from(
    ["<", ">", '"', "&", "/", "1e9", "-", "url(", "style", "{", "}", "[", "null", "\0", "é", " " * 9]
)


@given(
    st.sampled_from([GOOD, SEA]),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.1), PIECES), min_size=1, max_size=4),
)
def test_a_file_with_some_letters_changed_opens_or_is_refused(tmp_path_factory, content, changes):
    for at, length, piece in changes:
        start = int(at * len(content))
        content = content[:start] + piece + content[start + int(length * len(content)) :]
    path = tmp_path_factory.mktemp("mutated") / "drawing.svg"
    path.write_text(content, encoding="utf-8")

    with suppress(CannotOpen):
        drawing = open_artwork(path)
        assert all(outline(shape.data).computeTightBounds().isFinite() for shape in drawing.shapes)


@given(st.binary(max_size=200), st.integers(0, len(GOOD)))
def test_a_file_with_foreign_bytes_opens_or_is_refused(tmp_path_factory, foreign, at):
    path = tmp_path_factory.mktemp("bytes") / "drawing.svg"
    path.write_bytes(GOOD.encode()[:at] + foreign + GOOD.encode()[at:])

    with suppress(CannotOpen):
        assert open_artwork(path).shapes


# GeoJSON


def test_a_place_lies_where_the_projection_puts_it(opened):
    """Between 40 and 80 degrees a degree of longitude is half as long as one of latitude, by cos 60."""
    drawing = opened(geojson(polygon([[10, 40], [30, 40], [30, 80], [10, 80], [10, 40]])))

    assert drawing.size.width == pytest.approx(250)
    assert drawing.size.height == pytest.approx(1000)
    assert bounds(drawing.shapes[0].data) == (0, 0, 250, 1000)


def test_north_is_up(opened):
    south, north = opened(
        geojson({"type": "Point", "coordinates": [0, -5]}, {"type": "Point", "coordinates": [5, 5]})
    ).shapes

    assert south.kind is north.kind is Kind.POINT
    assert south.box.y > north.box.y


def test_holes_are_kept(opened):
    (shape,) = opened(geojson(polygon(SQUARE, HOLE))).shapes
    drawn = outline(shape.data, even_odd=shape.even_odd)

    assert drawn.contains(100, 100)
    assert not drawn.contains(500, 500)


def test_every_geometry_becomes_a_shape_with_its_names(opened):
    many = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[20, 20], [22, 20], [22, 22], [20, 20]]]]}
    lines = {"type": "MultiLineString", "coordinates": [[[0, 0], [5, 5]], [[5, 5], [9, 0]]]}
    points = {"type": "MultiPoint", "coordinates": [[1, 1], [2, 2]]}
    drawing = opened(geojson(many, lines, points))

    assert [shape.kind for shape in drawing.shapes] == [Kind.AREA, Kind.LINE, Kind.POINT, Kind.POINT]
    assert len(drawing.named("place 2")) == 2


def test_names_are_those_of_the_feature(opened):
    content = json.loads(geojson(polygon(SQUARE)))
    content["features"][0] |= {"id": 7, "properties": {"NAME_EN": "North", "name": "Nord", "ISO_A2": "XN", "pop": "12"}}

    assert set(opened(json.dumps(content)).names) == {"North", "Nord", "XN", "7"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (geojson(), "shows nothing"),
        (geojson(None), "shows nothing"),
        (geojson(polygon([[179, 0], [-179, 0], [-179, 5], [179, 0]])), "crosses the 180th meridian"),
        (
            geojson(
                polygon([[170, 0], [180, 0], [180, 9], [170, 0]]), polygon([[-180, 0], [-170, 0], [-170, 9], [-180, 0]])
            ),
            "both sides of the 180th meridian",
        ),
        (geojson(polygon([[500000, 4000000], [500001, 4000000], [500001, 4000001], [500000, 4000000]])), "longitude"),
        (geojson(polygon(SQUARE), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}), "longitude"),
        (geojson(polygon(SQUARE[:-1])), "does not close"),
        (geojson(polygon(5)), "coordinates that are none"),
        (geojson(polygon([["a", "b"]] * 4)), "coordinates that are none"),
        (geojson(polygon([[True, 1]] * 4)), "coordinates that are none"),
        (geojson({"type": "LineString", "coordinates": [[0, 0]]}), "a line of one point"),
        (geojson({"type": "GeometryCollection", "geometries": []}), "of the kind 'GeometryCollection'"),
        (geojson({"type": ["Polygon"]}), "of the kind"),
        (geojson(polygon([[0, 85], [9, 85], [9, 86], [0, 85]])), "near to a pole"),
        (geojson({"type": "Point", "coordinates": [1, 1]}), "like a thread"),
        (geojson(polygon(SQUARE)).replace("10", "NaN"), "text is broken"),
        (geojson(polygon(SQUARE)).replace("10", "1" * 5000), "text is broken"),
        (geojson(polygon(SQUARE))[:-3], "text is broken"),
        (geojson(polygon(SQUARE)).replace("Place 0", "Pl\\u0000ace"), "cannot be seen"),
        ('{"type": "Topology", "arcs": []}', "TopoJSON"),
        ('{"type": "Feature"}', "no FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "has no features"),
        ('{"type": "FeatureCollection", "features": [1]}', "a feature that is none"),
    ],
)
def test_geojson_that_cannot_be_drawn_is_refused_with_a_remedy(opened, content, words):
    with pytest.raises(CannotOpen, match=words) as refusal:
        opened(content)

    assert refusal.value.remedy.endswith(".")


def test_what_crosses_the_180th_meridian_is_whole_where_longitudes_count_on(opened):
    drawing = opened(geojson(polygon([[175, 0], [185, 0], [185, 10], [175, 10], [175, 0]])))

    assert drawing.size.width == pytest.approx(SIDE, rel=0.01)
