"""Documents: vector letters, photos at the px they get, the paper's boxes, the language, and no dates."""

from pathlib import Path
from unicodedata import normalize

import numpy as np
import pypdf
import pypdfium2
import pytest

from media_tools.example.campaign import story
from media_tools.infographic import BLOCKS, Infographic
from media_tools.layout.frame import Paragraph, walk
from media_tools.made import Made, Order, make, suited
from media_tools.open.pdf import open_page
from media_tools.platforms import placements
from media_tools.qr import read
from media_tools.spec.language import Language
from tests.declaration import DECLARATION

LONG = ("headline", "photo", "key_figures", "column_chart", "timeline", "quote", "steps", "qr_call")
POINT = 1 / 72  # inch
MM = 1 / 25.4  # inch


@pytest.fixture
def made(kit, typesetter, tmp_path):
    def made(placement: str, shown: Infographic | None = None, kind: str = "pdf") -> tuple[Made, ...]:
        told = shown or story("missions", "en")
        named = kit.model_copy(update={"names": {told.language: kit.names["en"], **kit.names}})
        order = Order(told, placements()[placement], named, kind)
        return make(order, typesetter, tmp_path / "it.pdf")

    made.by = typesetter, tmp_path / "it.pdf"
    return made


def told(*names: str) -> Infographic:
    blocks = [BLOCKS[name].example().model_dump() for name in names]
    return Infographic.model_validate({"version": 1, "language": "en", "source": "UN, 2026", "blocks": blocks})


def document(pages: tuple[Made, ...]) -> pypdf.PdfReader:
    return pypdf.PdfReader(pages[0].path)


def pictures(page: pypdf.PageObject) -> list[tuple[int, int, str]]:
    objects = [each.get_object() for each in page["/Resources"].get("/XObject", {}).values()]
    return [(each["/Width"], each["/Height"], each["/Filter"]) for each in objects if each["/Subtype"] == "/Image"]


def test_documents_are_made_where_documents_are_taken():
    assert {name for name, slot in placements().items() if suited(slot) == "pdf"} == {
        "linkedin.document", "print.a4", "print.a3",
    }  # fmt: skip


@pytest.mark.parametrize(("placement", "width", "height"), [("print.a4", 210, 297), ("print.a3", 297, 420)])
def test_paper_has_its_size_bleed_and_room_for_crop_marks(placement, width, height, made):
    page = document(made(placement)).pages[0]
    for box, more in ((page.trimbox, 0), (page.cropbox, 0), (page.bleedbox, 3), (page.mediabox, 9)):
        assert float(box.width) * POINT / MM == pytest.approx(width + 2 * more, abs=0.4)
        assert float(box.height) * POINT / MM == pytest.approx(height + 2 * more, abs=0.4)


def test_the_ground_reaches_the_bleed_and_marks_stand_outside_it(made, typesetter):
    pages = made("print.a4")
    with pypdfium2.PdfDocument(pages[0].path) as whole:
        page = whole[0]
        page.set_cropbox(*page.get_mediabox())
        seen = page.render(scale=4).to_pil().convert("RGB")
    slug, bleed = (round(mm * MM / POINT * 4) for mm in (6, 3))
    ground = seen.getpixel((slug + bleed + 10, slug + bleed + 10))

    assert seen.getpixel((slug + 3, seen.height // 2)) == ground
    assert seen.getpixel((slug - 6, seen.height // 2)) == (255, 255, 255)
    corner = seen.crop((0, 0, slug + bleed, slug + bleed)).convert("L")
    assert corner.getextrema()[0] < 180
    inner = seen.crop((slug + 1, slug + 1, slug + bleed, slug + bleed))
    assert inner.getcolors() == [((bleed - 1) ** 2, ground)]


def test_it_says_what_it_is_and_in_which_language(made):
    reader = document(made("print.a4", story("missions", "ar")))

    assert reader.metadata.title == story("missions", "ar").headline.text
    assert reader.root_object["/Lang"] == "ar"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.creation_date is None


def test_equal_stories_make_equal_bytes(made):
    once, again = (made("linkedin.document")[0].path.read_bytes() for _ in range(2))

    assert once == again


def test_words_can_be_found_and_copied(made):
    text = " ".join(document(made("print.a4")).pages[0].extract_text().split())

    assert story("missions", "en").headline.kicker.upper() in text
    assert "Source:" in text


def test_photos_have_no_more_px_than_are_printed_and_no_more_than_there_are(made, typesetter):
    pages = made("print.a4", told("headline", "photo"))
    facts = typesetter.studio.facts("bay.jpg")

    ((width, height, kind),) = pictures(document(pages).pages[0])

    assert kind == "/DCTDecode"
    assert width <= min(facts.width, pages[0].page.frame.size.width)
    assert height <= pages[0].page.frame.size.height


def test_letters_are_no_pictures(made):
    page = document(made("print.a4", told("headline", "column_chart"))).pages[0]

    assert page["/Resources"]["/Font"]
    assert pictures(page) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("tag", DECLARATION)
def test_letters_are_put_together_as_on_screens(tag, form, made):
    title = normalize(form, DECLARATION[tag]["title"])
    written = {"version": 1, "language": tag, "source": "UN", "blocks": [{"block": "headline", "text": title}]}
    (page,) = made("linkedin.document", Infographic.model_validate(written))

    places = [ink.pixels(page.page.frame.size, 250) for ink in page.letters]
    rows, columns = (np.concatenate(each) for each in zip(*places, strict=True))

    away = np.abs(page.finished[rows, columns].astype(int) - page.words[rows, columns, :3]).max(axis=1)
    assert (away < 100).mean() > 0.95


@pytest.mark.parametrize("language", ["en", "vi", "ar", "hi", "th"])
def test_fonts_are_embedded_by_name_with_the_letters_that_are_used(language, made, kit):
    words = {"hi": "नौ बंदरगाह अब दस मिनट में उत्तर देते हैं", "th": "ท่าเรือเก้าแห่งตอบรับภายในสิบนาที"}
    shown = told("headline", "steps").model_dump(mode="json")
    shown["language"] = language
    if language in words:
        shown["blocks"][0] |= {"text": words[language], "standfirst": words[language], "kicker": ""}
    named = kit.model_copy(update={"names": kit.names | {language: kit.names.get(language, kit.names["en"])}})
    (only,) = make(Order(Infographic.model_validate(shown), placements()["print.a4"], named, "pdf"), *made.by)
    fonts = [font.get_object() for font in pypdf.PdfReader(only.path).pages[0]["/Resources"]["/Font"].values()]

    assert {font["/Subtype"] for font in fonts} == {"/Type0"}
    assert all("+" in font["/BaseFont"] for font in fonts)  # a subset: ABCDEF+Name
    assert only.bytes < 400_000


def test_a_carried_font_sets_the_same_lines(made):
    for language in ("en", "vi", "ar"):
        (page, *_) = made("print.a4", story("missions", language))
        words = [found.item for found in walk(page.page.frame) if isinstance(found.item, Paragraph)]
        carried = page.typesetter.carried(words)

        for line in words:
            again = carried.set(
                line.runs, line.size.width, Language(line.language), align=line.align, right_to_left=line.right_to_left
            )
            assert again.size.height == pytest.approx(line.size.height, abs=1)


def test_a_code_reads_back_from_the_printed_page(made, kit, typesetter, tmp_path):
    expo = story("expo", "en")
    slot = placements()["print.a4"]
    (only,) = make(Order(expo, slot, kit, "pdf"), typesetter, tmp_path / "it.pdf")

    assert expo.blocks[-1].links()[0].url in read(open_page(only.path, 1, slot.size))


def test_a_document_keeps_its_limit_by_plainer_photos(kit, typesetter, tmp_path):
    expo = story("expo", "en")
    slot = placements()["linkedin.document"]
    (free, *_) = make(Order(expo, slot, kit, "pdf"), typesetter, tmp_path / "free.pdf")
    tight = slot.model_copy(update={"max_file_bytes_document": free.bytes - 1})

    (kept, *_) = make(Order(expo, tight, kit, "pdf"), typesetter, tmp_path / "tight.pdf")

    assert kept.bytes < free.bytes
    assert "quality 82" in kept.settings


def test_a_page_that_is_looked_at_is_the_page_that_was_drawn(made):
    pages = made("linkedin.document")

    for page in pages:
        assert page.reopened.size == (1080, 1350)
        ours = page.ground[..., :3].reshape(-1, 3).mean(0)
        assert abs(float(ours.mean()) - sum(page.reopened.resize((1, 1)).getpixel((0, 0))) / 3) < 12


def test_a_format_of_pages_holds_all_slides(made):
    pages = made("linkedin.document", told(*LONG))

    assert len(document(pages).pages) == len(pages) > 1
    assert {page.path for page in pages} == {pages[0].path}
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_each_slide_is_a_file_where_the_format_has_no_pages(made):
    pages = made("instagram.feed_portrait", told(*LONG), "png")

    assert [page.path.name for page in pages[:2]] == ["it.pdf.part", "it_2.pdf.part"]
    assert all(Path(page.path).is_file() for page in pages)
