import hashlib
import json
import shutil
from dataclasses import replace

import pytest
from pydantic import ValidationError

from media_tools.blocks.headline import Headline
from media_tools.blocks.map import Map
from media_tools.command_line import BAD_INPUT, run
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.infographic import Infographic, lay_out
from media_tools.layout.frame import Frame, Paragraph, Path, Placed, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.silhouette import Raster, heart, rim, within
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.recipe import content_digest
from media_tools.spec.colour import contrast
from media_tools.spec.finding import Level
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.language import Language
from media_tools.stills import Job, make_stills
from media_tools.studio import Studio

REGIONS = ("Northern coast", "Delta", "Islands", "Western shore", "Southern hills", "Eastern cape", "Highlands")
PLACEMENTS = ("instagram.feed_portrait", "instagram.story", "x.post", "print.a4")
BORDERS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
  <path id="west" d="M0 0H50V100H0z"/><path id="east" d="M50 0H100V100H50z"/>
  <path id="river" fill="none" stroke="#00f" d="M10 0V100"/><rect id="dot" x="20" y="20" width=".1" height=".1"/>
  <circle id="lake" class="water" cx="75" cy="50" r="20"/>
</svg>"""


def of(*places, **fields) -> Map:
    rows = [
        place if isinstance(place, dict) else {"place": place, "label": place, "value": 1000 + number}
        for number, place in enumerate(places)
    ]
    return Map.model_validate(Map.example().model_dump() | {"places": rows} | fields)


def drawn(block: Map, page, width=None, height=None) -> Frame:
    width = width or page.box.width
    return block.layout(Size(width, height or block.least(width, page)), page)


def inside(frame: Frame, kind, group="atlas"):
    return [found for found in walk(frame) if isinstance(found.item, kind) and group in found.names]


def words(frame: Frame) -> list[str]:
    return [found.item.text.replace("\n", " ") for found in inside(frame, Paragraph)]


@pytest.fixture
def borders(empty_page, typesetter, pictures, tmp_path):
    """An empty page beside a drawing of two areas, a river, a dot and a lake."""
    (tmp_path / "borders.svg").write_text(BORDERS)

    def page(placement="instagram.feed_portrait"):
        studio = Studio(tmp_path)
        studio.fonts = typesetter.fonts
        return replace(empty_page(placement), studio=studio, type=Typesetter(studio))

    return page


def at_borders(*places, **fields) -> Map:
    return of(*places, artwork={"path": "borders.svg", "approved_by": "Survey"}, **fields)


# Labels


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("count", [1, 3, 5])
def test_every_place_is_named_and_no_words_meet(empty_page, placement, language, count):
    page = empty_page(placement, language)
    block = of(*REGIONS[:count])
    least = block.least(page.box.width, page)

    for height in (least, 1.3 * least, 2 * least):
        frame = drawn(block, page, height=height)

        boxes = [found.box for found in inside(frame, Paragraph, "place")]
        assert len(boxes) == 2 * count
        assert not any(one.overlap(other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
        assert {*REGIONS[:count]} <= set(words(frame))


def test_words_inside_their_place_read_on_its_colour_and_others_on_the_page(empty_page):
    page = empty_page()
    frame = drawn(of(*REGIONS[:3]), page, height=900)
    places = (found for found in inside(frame, Path) if found.item.colour == page.ground.strong)
    placed = (Placed(Point(found.box.x, found.box.y), found.item) for found in places)
    marked = Raster(frame.size, 2).inked(placed, page.studio)

    for found in inside(frame, Paragraph):
        rows = slice(int(found.box.y / 2), int(found.box.bottom / 2) + 1)
        covered = marked[rows, int(found.box.x / 2) : int(found.box.right / 2) + 1]
        assert covered.all() or not covered.any()
        ground = page.ground.strong if covered.all() else page.ground.colour
        assert contrast(found.item.runs[0].style.colour, ground) >= 4.5


def test_words_on_other_land_have_a_leader(borders):
    page = borders()
    frame = drawn(at_borders({"place": "dot", "label": "A lighthouse"}), page)

    leaders = [found for found in inside(frame, Path) if found.item.colour == page.ground.text]
    assert words(frame) == ["A lighthouse"]
    assert len(leaders) == 1


def test_a_place_inside_another_is_led_out_of_it_between_lines_of_the_ground(borders):
    page = borders()
    frame = drawn(at_borders("west", "dot"), page)

    assert {"west", "dot"} <= set(words(frame))
    names = inside(frame, Paragraph, "place")
    dot = next(found.box for found in names if found.item.text == "dot")
    assert not any(found.box.overlap(dot) for found in names if found.item.text == "west")
    leader = next(index for index, found in enumerate(inside(frame, Path)) if found.item.colour == page.ground.text)
    lane = inside(frame, Path)[leader - 1].item
    assert (lane.colour, lane.data) == (page.ground.colour, inside(frame, Path)[leader].item.data)
    assert lane.stroke > 2 * inside(frame, Path)[leader].item.stroke


def test_a_place_too_small_to_be_seen_gets_a_dot(borders):
    page = borders()
    frame = drawn(at_borders({"place": "dot", "label": "A lighthouse"}), page)

    dots = [found.box for found in inside(frame, Path) if found.item.colour == page.ground.strong]
    assert any(box.width == box.height and 0.4 * page.base < box.width < page.base for box in dots)


def test_without_amounts_a_map_needs_no_source(empty_page):
    block = of({"place": "Delta", "label": "Delta"}, source="")

    assert not block.needs_source()
    assert words(drawn(block, empty_page())) == ["Delta"]
    assert of("Delta").needs_source()


def test_amounts_are_written_in_the_languages_own_digits(empty_page):
    block = of({"place": "Delta", "label": "الدلتا", "value": 268})

    assert "٢٦٨" in words(drawn(block, empty_page(language="ar")))
    assert block.described(Language("en"), "latn")[-1] == "الدلتا: 268"


def test_the_day_of_the_amounts_is_told_where_it_is_not_the_pages(empty_page):
    page = replace(empty_page(), date="July 2026")
    told = {
        as_of: [
            found.item.text
            for found in walk(drawn(of("Delta", as_of=as_of), page))
            if isinstance(found.item, Paragraph)
        ]
        for as_of in ("July 2026", "June 2025")
    }

    assert not any("July" in line for line in told["July 2026"])
    assert any("(June 2025)" in line.replace("\n", " ") for line in told["June 2025"])


# What is drawn


def test_land_is_empty_places_are_primary_and_water_is_the_ground(borders):
    page = borders()
    frame = drawn(at_borders("west"), page)
    colours = [found.item.colour for found in inside(frame, Path)]

    assert colours == [
        page.ground.strong,  # west
        page.ground.empty,  # east
        page.ground.line,  # the river
        page.ground.empty,  # the dot
        page.ground.colour,  # the lake
        page.ground.colour,  # borders
    ]


def test_a_line_can_be_a_place(borders):
    page = borders()
    frame = drawn(at_borders({"place": "river", "label": "Long river"}), page)

    (river,) = [found.item for found in inside(frame, Path) if found.item.colour == page.ground.strong]
    assert river.stroke > page.hairline
    assert words(frame) == ["Long river"]


def test_from_the_right_the_map_itself_is_not_turned(empty_page):
    page = replace(empty_page(), right_to_left=True)
    frame = drawn(of(*REGIONS[:3]), page)
    turned = mirror(frame)

    before, after = ([found.item for found in inside(each, Path)] for each in (frame, turned))
    assert before == after
    assert not any(path.flipped for path in after)


def test_the_map_is_as_high_as_its_drawing_and_words_need(empty_page):
    page = empty_page()
    frame = drawn(of("Delta"), page, height=3000)

    assert frame.size.height < 1000


# What is refused


def test_a_map_that_nobody_approved_is_refused():
    artwork = Map.example().artwork.model_dump() | {"approved_by": ""}

    with pytest.raises(ValidationError, match="nobody approved"):
        of("Delta", artwork=artwork)


@pytest.mark.parametrize(
    ("place", "remedy"),
    [("Nothern coast", "Northern coast"), ("delt", "Delta"), ("Paris", "one of its names: Northern coast, north")],
)
def test_an_unknown_place_is_refused_with_names_like_it(empty_page, place, remedy):
    page = empty_page()

    with pytest.raises(InvalidInput, match=r"map\.places\[1\]\.place") as refusal:
        of("Delta", place).least(page.box.width, page)

    assert remedy in refusal.value.remedy


def test_where_words_have_no_room_the_last_place_goes_first(empty_page):
    page = empty_page()
    block = of(*REGIONS)
    narrow = 0.2 * page.box.width

    with pytest.raises(DoesNotFit, match="The map"):
        block.least(narrow, page)
    assert [block.leaner().remains.places, block.leaner().rank] == [block.places[:-1], 30]
    assert "Highlands" in block.leaner().what
    assert of("Delta").leaner().remains is None


def test_a_story_leaves_out_places_and_says_which(kit, typesetter):
    block = of(*({"place": name, "label": f"{name} of the old province", "value": 7} for name in REGIONS))
    story = Infographic(version=1, language="en", blocks=(Headline.example(), block))

    laid = lay_out(story, placements()["x.post"], kit, typesetter)

    assert laid.left_out
    assert set(laid.left_out) <= {"standfirst", *(f"place “{each.label}” of the map" for each in block.places)}


# The file behind it


def test_the_credit_of_the_map_stands_in_the_source_line_and_is_asked_for(kit, pictures, tmp_path):
    silent = Map.example().artwork.model_dump() | {"credit": "", "licence": ""}
    stories = [
        Infographic(version=1, language="en", blocks=(Headline.example(), of("Delta", artwork=artwork)))
        for artwork in (Map.example().artwork.model_dump(), silent)
    ]

    told, refused = (
        next(make_stills(Job(story, kit, pictures, (placements()["x.post"],), "png", "a", tmp_path)))
        for story in stories
    )

    assert {finding.code for finding in told.findings if finding.level is Level.BLOCKING} == set()
    assert {"credit-missing", "licence-missing"} <= {finding.code for finding in refused.findings}
    assert any("artwork.credit" in finding.remedy for finding in refused.findings)


def test_a_map_counts_by_its_bytes_and_not_by_its_name(kit, pictures, tmp_path):
    def digest(name: str) -> str:
        block = of("Delta", artwork=Map.example().artwork.model_dump() | {"path": name})
        story = Infographic(version=1, language="en", blocks=(Headline.example(), block))
        return content_digest(story, kit, lambda name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())

    shutil.copy(pictures / "island.svg", tmp_path / "one.svg")
    shutil.copy(pictures / "island.svg", tmp_path / "two.svg")
    (tmp_path / "three.svg").write_text((pictures / "island.svg").read_text() + "<!-- -->")

    assert digest("one.svg") == digest("two.svg") != digest("three.svg")


def test_the_command_line_says_what_the_places_of_a_drawing_are_called(pictures, capsys):
    assert run(["probe", str(pictures / "island.svg")]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "svg"
    assert {"Northern coast", "delta", "water"} <= set(told["names"])


def test_a_drawing_that_cannot_be_opened_is_named_by_its_field(kit, pictures, tmp_path, capsys):
    block = of("Delta", artwork=Map.example().artwork.model_dump() | {"path": "bay.jpg"})
    story = Infographic(version=1, language="en", blocks=(Headline.example(), block))
    (tmp_path / "story.json").write_text(story.model_dump_json())
    (tmp_path / "brand.json").write_text(kit.model_dump_json())
    shutil.copy(pictures / "bay.jpg", tmp_path)

    files = [str(tmp_path / "story.json"), "--brand", str(tmp_path / "brand.json"), "--out", str(tmp_path / "out")]
    assert run(["infographic", *files]) == BAD_INPUT

    assert "blocks[1].artwork.path: bay.jpg: is neither SVG nor GeoJSON." in capsys.readouterr().err


# Silhouettes


def test_the_heart_of_a_shape_is_the_middle_of_its_largest_square():
    cells = Raster(Size(40, 20), 1).empty()
    cells[2:12, 5:15] = True
    cells[5, 15:40] = True

    assert heart(cells) == (7, 10)
    assert heart(cells & False) == (10, 20)


def test_boxes_are_counted_by_the_cells_that_they_cover():
    cells = Raster(Size(5, 4), 1).empty()
    cells[1, 1:3] = True

    assert within(cells, 2, 2).tolist() == [[1, 2, 1, 0], [1, 2, 1, 0], [0, 0, 0, 0]]
    assert within(cells, 5, 1).size == 0


def test_a_rim_has_the_cells_beside_uncovered_ones():
    cells = Raster(Size(9, 9), 1).empty()
    cells[2:7, 2:7] = True

    assert len(rim(cells, 100)) == 16
    assert len(rim(cells, 4)) <= 4


def test_a_box_covers_every_cell_that_it_touches():
    raster = Raster(Size(10, 10), 2)
    cells = raster.empty()

    raster.fill(cells, Box(-3, 3, 6, 2))

    assert [list(map(int, row)) for row in cells[:3]] == [[0] * 5, [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]]
