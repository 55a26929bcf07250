"""The account kit: one mark in every circle, and names where the platform shows them."""

import hashlib
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from media_tools.account_kit import Account, Kit, make_kit, picture, rehearse_kit, stem
from media_tools.easel import Easel
from media_tools.errors import InvalidInput
from media_tools.layout.blank import Told, blank_page
from media_tools.layout.frame import Frame, Paragraph, dump, walk
from media_tools.layout.frame import Path as Drawing
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.pages.account import avatar, header
from media_tools.platforms import Placement, Use, choose_own, placements
from media_tools.spec.brand import Brand, LockUp, Mark
from media_tools.spec.geometry import Box
from media_tools.spec.link import QRPolicy
from media_tools.stills import Still

OWN = {placement.name: placement for placement in choose_own("all")}
AVATARS = [name for name, placement in OWN.items() if placement.use is Use.AVATAR]
HEADERS = [name for name, placement in OWN.items() if placement.use is not Use.AVATAR]
LIGHT = 200  # of 255, in every channel: letters and mark; even where the globe's lines meet they are darker
MESSAGES = {"en": "Ten thousand visitors on a peak day", "ar": "عشرة آلاف زائر في يوم الذروة"}
PLACES = {"en": "Tokyo", "ar": "طوكيو"}
LONG = {
    "en": ("Ministry of Foreign Affairs and International Cooperation of a Faraway Republic",
           "Permanent Delegation to the Organisation for Security and Cooperation in Europe"),
    "vi": ("Bộ Ngoại giao nước Cộng hòa xã hội chủ nghĩa Việt Nam",
           "Phái đoàn đại diện thường trực bên cạnh Liên hợp quốc và các tổ chức quốc tế"),
    "th": ("กระทรวงการต่างประเทศ", "คณะผู้แทนถาวรประจำสำนักงานสหประชาชาติ ณ นครเจนีวาและองค์การระหว่างประเทศ"),
    "ar": ("وزارة الشؤون الخارجية والتعاون الدولي",
           "البعثة الدائمة لدى مكتب الأمم المتحدة والمنظمات الدولية الأخرى في جنيف"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(kit: Brand, typesetter, tmp_path_factory) -> dict[tuple[str, str], Still]:
    """Every picture, from the left and from the right, with a message and a place."""
    accounts = tuple(Account(language=tag, place=PLACES[tag], message=MESSAGES[tag]) for tag in ("en", "ar"))
    order = Kit(kit, accounts, tuple(OWN.values()), "embassy", tmp_path_factory.mktemp("kit"))
    return {(still.placement, still.language): still for still in make_kit(order, typesetter)}


@pytest.fixture
def one(kit: Brand, typesetter, tmp_path):
    """One picture, made as asked."""

    def make(name: str, brand: Brand = kit, language: str = "en", **words: str) -> Still:
        account = Account(language=language, **words)
        return picture(account, OWN[name], Kit(brand, (account,), (OWN[name],), "embassy", tmp_path), typesetter)

    return make


@pytest.fixture
def page(kit: Brand, typesetter):
    def blank(name: str, language: str = "en", brand: Brand = kit) -> Page:
        colours = brand.colours
        ground = colours.primary if OWN[name].use is Use.AVATAR else colours.deep
        return blank_page(Told(language, QRPolicy.NEVER), OWN[name], brand, typesetter, ground)

    return blank


def with_names(brand: Brand, language: str, ministry: str, mission: str) -> Brand:
    names = LockUp(ministry=ministry, mission=mission)
    return brand.model_copy(update={"names": {**brand.names, language: names}})


def light(still: Still) -> np.ndarray:
    """(height, width) bool: where mark and letters are."""
    with Image.open(still.path) as image:
        return (np.asarray(image.convert("RGB")) > LIGHT).all(axis=2)


def boxes_covered(placement: Placement, *, both: bool) -> Iterator[Box]:
    """Where the account's own picture stands; for readers from the right it may stand on the other side."""
    patch = placement.avatar or placement.avatar_reach
    covered = patch.box(placement.size) if patch else None
    if covered:
        yield covered
    if covered and both:
        yield Box(placement.width - covered.right, covered.y, covered.width, covered.height)


def drawings(frame: Frame) -> list[Drawing]:
    return [found.item for found in walk(frame) if isinstance(found.item, Drawing) and "mark" in found.names]


def sizes(frame: Frame) -> list[float]:
    return [run.style.size for found in walk(frame) if isinstance(found.item, Paragraph) for run in found.item.runs]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", OWN)
def test_every_picture_is_as_its_platform_takes_it(made, name, language):
    still, slot = made[name, language], OWN[name]

    content = still.path.read_bytes()
    assert still.path.name == f"embassy_{language}_{name}{still.path.suffix}"
    assert (len(content), hashlib.sha256(content).hexdigest()) == (still.bytes, still.sha256)
    assert still.bytes <= (slot.target_file_bytes_image or slot.max_file_bytes_image or float("inf"))
    with Image.open(still.path) as image:
        assert image.size == (slot.width, slot.height)
        assert image.format.lower() in slot.image_formats


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", AVATARS)
def test_mark_and_place_stand_inside_the_circle(made, name, language):
    still = made[name, language]
    side = still.width

    rows, columns = np.nonzero(light(still))
    away = np.hypot(rows + 0.5 - side / 2, columns + 0.5 - side / 2)
    assert len(away) > 0.02 * side * side
    assert away.max() < side / 2


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", HEADERS)
def test_what_is_read_stands_where_it_is_seen_and_not_under_the_account_s_picture(made, name, language):
    slot, seen = OWN[name], light(made[name, language])
    insets = slot.safe_area.insets(slot.size)
    sides = insets.symmetric() if language == "ar" else insets

    free = Box.of(slot.size).inset(sides)
    outside = seen.copy()
    outside[int(free.y) : round(free.bottom) + 1, int(free.x) : round(free.right) + 1] = False
    assert seen.any()
    assert not outside.any()
    for box in boxes_covered(slot, both=language == "ar"):
        assert not seen[int(box.y) : round(box.bottom), int(box.x) : round(box.right)].any()


def test_one_mark_serves_every_mission(one):
    tokyo, paris = (one("x.avatar", mission=mission).sha256 for mission in ("Embassy in Tokyo", "Embassy in Paris"))

    assert tokyo == paris


@pytest.mark.parametrize("place", ["", "Tokyo"])
@pytest.mark.parametrize(
    "outline", ["M0 0H100V100H0Z", "M50 0A50 50 0 0 0 50 100A50 50 0 0 0 50 0Z"], ids=["square", "disc"]
)
def test_a_mark_of_any_shape_keeps_a_quarter_of_its_height_clear(kit, page, outline, place):
    brand = kit.model_copy(update={"mark": Mark(paths=(outline,))})
    blank = page("x.avatar", brand=brand)

    frame = avatar(blank, place).frame
    (mark,) = (found.box for found in walk(frame) if isinstance(found.item, Frame) and found.item.name == "mark")
    middle, reach = blank.size.width / 2, mark.height * (0.5**0.5 if "H" in outline else 0.5)
    away = abs(mark.y + mark.height / 2 - middle) + reach
    assert mark.x + mark.width / 2 == pytest.approx(middle)
    assert middle - away >= 0.25 * mark.height - 0.5
    for found in walk(frame):
        if isinstance(found.item, Paragraph):
            assert found.box.y - mark.bottom >= 0.25 * mark.height


@pytest.mark.parametrize("name", ["x.header", "linkedin.cover"])
def test_a_header_mirrored_twice_is_itself_and_its_mark_is_never_turned(page, name):
    frame = header(page(name, "ar"), OWN[name], "").frame

    assert dump(mirror(mirror(frame))) == dump(frame)
    assert drawings(frame)
    assert not any(drawing.flipped for drawing in drawings(frame))


@pytest.mark.parametrize("name", ["facebook.cover", "x.header", "linkedin.cover", "youtube.banner"])
@pytest.mark.parametrize("language", LONG)
def test_the_longest_names_are_whole_and_legible(kit, page, name, language):
    ministry, mission = LONG[language]
    blank = page(name, language, with_names(kit, language, ministry, mission))

    frame = header(blank, OWN[name], "").frame
    said = [found.item.text.replace("\n", " ") for found in walk(frame) if isinstance(found.item, Paragraph)]
    assert said == [ministry, mission]
    assert min(sizes(frame)) >= OWN[name].legible - 0.01


def test_a_name_that_cannot_be_broken_is_refused_with_how_short_it_must_be(kit, one):
    endless = "W" * 80
    stills = [one("linkedin.cover", with_names(kit, "en", "Ministry", endless)), one("linkedin.cover", mission=endless)]

    for still, field in zip(stills, ("brand.names.en.mission", "mission"), strict=True):
        (finding,) = still.findings
        assert still.refused
        assert (finding.level, finding.code) == ("blocking", "does-not-fit")
        assert finding.remedy.startswith(f"Give {field} a form of at most")


def test_a_place_that_has_no_room_is_refused_and_takes_an_earlier_avatar_with_it(one):
    before = one("x.avatar", place="Tokyo").path
    still = one("x.avatar", place="Johannesburg")

    (finding,) = still.findings
    assert still.refused
    assert "Give place a form of at most" in finding.remedy
    assert not before.exists()
    assert list(before.parent.iterdir()) == []


@pytest.mark.parametrize(("place", "shown"), [("Tokyo", "TOKYO"), ("Beijing", "Beijing")])
def test_a_place_stands_in_capitals_where_they_have_room(page, place, shown):
    (words,) = [
        found.item for found in walk(avatar(page("x.avatar"), place).frame) if isinstance(found.item, Paragraph)
    ]

    assert words.text == shown
    assert words.runs[0].style.size >= OWN["x.avatar"].legible - 0.01


def test_a_message_that_has_no_room_is_left_out_and_said_so(one):
    still = one("linkedin.cover", language="ar", message=MESSAGES["ar"])

    (finding,) = still.findings
    assert not still.refused
    assert (finding.level, finding.code) == ("advisory", "left-out")
    assert "Shorten message" in finding.remedy


def test_a_message_is_larger_by_far_than_the_names_under_it(page):
    frame = header(page("x.header"), OWN["x.header"], MESSAGES["en"]).frame
    title, *names = sizes(frame)

    assert title >= 1.6 * max(names)


def test_a_letter_that_no_font_has_is_found(kit, one):
    still = one("x.header", with_names(kit, "en", "Ministry", "བོད་ཡིག"))

    assert "glyph-missing" in {finding.code for finding in still.findings}
    assert still.refused


def test_a_brand_without_the_language_is_refused_before_anything_is_made(kit, typesetter, tmp_path):
    accounts = (Account(language="en"), Account(language="ja"))

    with pytest.raises(InvalidInput, match=r"Add brand\.names\.ja\.ministry"):
        rehearse_kit(Kit(kit, accounts, (OWN["x.avatar"],), "embassy", tmp_path), typesetter)

    assert list(tmp_path.iterdir()) == []


def test_same_words_make_the_same_bytes_and_others_another_fingerprint(one):
    first, second, other = (one("x.header", message=words) for words in ("Open doors", "Open doors", "Open harbour"))

    assert (first.sha256, first.fingerprint) == (second.sha256, second.fingerprint)
    assert first.fingerprint != other.fingerprint
    assert first.content != other.content


def test_what_a_picture_says_is_said_to_those_who_cannot_see_it(one):
    assert one("x.header", message="Open doors").alts == ("Ministry of Foreign Affairs. Embassy in Tokyo. Open doors.",)
    assert one("x.avatar", place="Tokyo").alts == ("Ministry of Foreign Affairs. Tokyo.",)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"vi": LockUp(ministry="Bộ"), "en": LockUp(ministry="M", mission="Embassy, Tokyo")}, "embassy-tokyo"),
        ({"vi": LockUp(ministry="Bộ Ngoại giao")}, "bộ-ngoại-giao"),
        ({"en": LockUp(ministry="…")}, "account"),
        ({"th": LockUp(ministry="ก" * 80)}, "ก" * 20),
    ],
    ids=["English first", "own letters", "no letters", "no longer than file systems like"],
)  # fmt: skip
def test_files_are_named_after_mission_or_ministry(kit, names, expected):
    assert stem(kit.model_copy(update={"names": names})) == expected


def test_an_easel_draws_one_picture_with_its_thumbnail(kit, tmp_path):
    account = {"language": "en", "mission": "Embassy in Paris"}

    drawn = Easel(tmp_path).kit(account, kit.model_dump(mode="json"), "mastodon.avatar", tmp_path)

    assert drawn.still.path.parent == tmp_path
    assert drawn.still.path.name == "kit_en_mastodon.avatar.png"
    assert drawn.thumbnail.startswith(b"RIFF")


def test_every_avatar_of_the_sheet_is_made_and_no_story_is_laid_out_on_one():
    assert set(AVATARS) == {name for name, slot in placements().items() if slot.use is Use.AVATAR}
    assert not any(OWN[name].still for name in AVATARS)
    assert all(OWN[name].still for name in HEADERS)
