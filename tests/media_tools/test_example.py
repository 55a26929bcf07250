"""The example campaign in its four languages, in every theme, on every placement."""

import pytest

from media_tools.example import campaign
from media_tools.infographic import THEMES, Infographic, content_of, lay_out
from media_tools.layout.frame import Frame, Paragraph, walk
from media_tools.layout.mirror import UNMIRRORED
from media_tools.layout.text import Typesetter
from media_tools.platforms import Use, choose
from media_tools.spec.finding import Level
from media_tools.spec.geometry import Box
from media_tools.stills import Job, make_stills
from tests.media_tools.slots import SHAPES, STILLS, UNLIKE

TALL = [
    placement
    for placement in UNLIKE
    if placement.height >= placement.width and placement.use is not Use.COVER and not placement.safe_area.left
]
"""Those as high as wide of which no side is cropped away."""
STORIES = [(name, language) for name in campaign.names() for language in campaign.languages()]
CASES = [
    *((name, language, "", STILLS) for name, language in STORIES if name == campaign.EXAMPLE),
    *((name, language, theme, SHAPES) for name, language in STORIES[::3] for theme in THEMES),
]
"""Stories, languages and themes with the placements for which their files are made: empty is the story's own theme."""


@pytest.fixture(params=STORIES, ids=lambda pair: "-".join(pair))
def told(request) -> Infographic:
    return campaign.story(*request.param)


def _names(frame: Frame) -> list[str]:
    return [found.item.name for found in walk(frame) if isinstance(found.item, Frame) and found.item.name]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case[:3]))
def test_no_file_of_the_example_is_refused(case, kit, pictures, tmp_path):
    name, language, theme, wanted = case
    story = campaign.story(name, language).model_copy(update={"theme": theme})

    stills = list(make_stills(Job(story, kit, pictures, wanted, "", "story", tmp_path)))

    blocking = [
        (still.placement, finding.message)
        for still in stills
        for finding in still.findings
        if finding.level is Level.BLOCKING
    ]
    assert blocking == []
    files = {path for still in stills for path in (still.path, *still.slides)}
    assert set(tmp_path.iterdir()) == files
    assert len(stills) == len(wanted)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("placement", SHAPES, ids=lambda placement: placement.name)
def test_headline_mark_and_source_are_on_every_page(placement, theme, told, kit, typesetter):
    story = told.model_copy(update={"theme": theme})

    laid = lay_out(story, placement, kit, typesetter)

    names = _names(laid.frame)
    assert names.count("headline") == names.count("lockup") == names.count("source") == names.count("mark") == 1


@pytest.mark.parametrize("language", campaign.languages())
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("placement", TALL, ids=lambda placement: placement.name)
def test_four_blocks_or_all_of_the_theme_are_on_every_page_as_high_as_wide(placement, theme, language, kit, typesetter):
    story = campaign.story(campaign.EXAMPLE, language).model_copy(update={"theme": theme})

    laid = lay_out(story, placement, kit, typesetter)

    shown = {block.block for block in THEMES[theme].shown(content_of(story, placement))}
    blocks = shown & set(_names(laid.frame))
    assert len(blocks) >= min(4, len(shown)), blocks


@pytest.mark.parametrize("placement", UNLIKE, ids=lambda placement: placement.name)
def test_type_is_never_smaller_than_legible(placement, told, kit, typesetter):
    laid = lay_out(told, placement, kit, typesetter)

    sizes = [
        run.style.size for found in walk(laid.frame) if isinstance(found.item, Paragraph) for run in found.item.runs
    ]
    assert min(sizes) >= placement.legible - 0.01


@pytest.mark.parametrize("placement", UNLIKE, ids=lambda placement: placement.name)
def test_text_boxes_never_overlap(placement, told, kit, typesetter):
    laid = lay_out(told, placement, kit, typesetter)

    boxes = [
        _shown(found.box, found.item, typesetter) for found in walk(laid.frame) if isinstance(found.item, Paragraph)
    ]
    overlaps = [
        (one, other)
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if (shared := one.overlap(other)) and min(shared.width, shared.height) > 2
    ]
    assert overlaps == []


@pytest.mark.parametrize("placement", choose("x.post,screen.hd,opengraph.card"), ids=lambda placement: placement.name)
def test_two_calls_beside_the_evidence_never_overlap(placement, kit, typesetter, missions):
    blocks = (*(block for block in missions.blocks if not block.pictures()), missions.blocks[-1])

    laid = lay_out(missions.model_copy(update={"blocks": blocks}), placement, kit, typesetter)

    boxes = [
        _shown(found.box, found.item, typesetter) for found in walk(laid.frame) if isinstance(found.item, Paragraph)
    ]
    assert not any(one.overlap(other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])


def _shown(box: Box, paragraph: Paragraph, typesetter: Typesetter) -> Box:
    """The part of a paragraph's box that its lines take."""
    width = typesetter.widest_line(paragraph)
    left = {"left": box.x, "right": box.right - width, "centre": box.x + (box.width - width) / 2}[paragraph.align]
    return Box(left, box.y, width, box.height)


def test_the_same_story_gives_the_same_bytes_alone_and_shared_among_processes(kit, pictures, tmp_path):
    story = campaign.story(campaign.EXAMPLE, "ar")
    wanted = choose("instagram.story,x.post,facebook.cover,linkedin.document,zalo.post")

    alone = list(make_stills(Job(story, kit, pictures, wanted, "png", "one", tmp_path)))
    shared = list(make_stills(Job(story, kit, pictures, wanted, "png", "two", tmp_path), processes=2))

    assert [still.sha256 for still in alone] == [still.sha256 for still in shared]
    assert [still.fingerprint for still in alone] == [still.fingerprint for still in shared]


def test_a_page_in_arabic_has_its_parts_where_english_has_them_in_a_mirror(kit, typesetter):
    placement = choose("instagram.feed_portrait")[0]
    pages = {
        tag: lay_out(campaign.story(campaign.EXAMPLE, tag), placement, kit, typesetter).frame for tag in ("en", "ar")
    }

    starts = {}
    for tag, frame in pages.items():
        boxes = {
            found.item.name: found.box for found in walk(frame) if isinstance(found.item, Frame) and found.item.name
        }
        width = frame.size.width
        starts[tag] = {
            name: box.x if tag == "en" else width - box.right
            for name, box in boxes.items()
            if name in {"headline", "key_figures", "pair", "qr_call", "footer", "lockup"} | UNMIRRORED
        }

    assert starts["en"] == pytest.approx(starts["ar"], abs=1)


def test_the_contact_sheet_shows_every_file(kit, pictures, tmp_path):
    from media_tools.example.contact_sheet import contact_sheet

    folder = tmp_path / "expo" / "en"
    folder.mkdir(parents=True)
    story = campaign.story("expo", "en")
    stills = list(make_stills(Job(story, kit, pictures, choose("x.post,vk.cover"), "jpeg", "expo", folder)))

    page = contact_sheet(stills, tmp_path).read_text(encoding="utf-8")

    for still in stills:
        assert f'src="{still.path.relative_to(tmp_path)}"' in page
