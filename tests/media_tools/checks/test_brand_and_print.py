from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from media_tools.blocks import Part
from media_tools.checks import changed
from media_tools.infographic import BLOCKS, THEMES
from media_tools.layout.frame import Fill, Frame, Paragraph, Path, Photograph, Placed
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Level
from media_tools.spec.geometry import Box, Point, Size
from media_tools.stills import CHECKS

CHARTS = [name for name, block in BLOCKS.items() if block.part is Part.CHART and not block.example().artworks()]


class TestBrand:
    @pytest.mark.parametrize("theme", THEMES)
    def test_what_layout_derives_is_the_brands_own(self, bench, say, theme):
        other = bench.brand.model_copy(
            update={"colours": bench.brand.colours.model_copy(update={"primary": "#5B2A86", "accent": "#B85C00"})}
        )
        for name in CHARTS[:: 2 if theme == "bulletin" else 5]:
            headline = {"block": "headline", "text": "What the harbour does", "kicker": "Open"}
            story = {"theme": theme, "blocks": [headline, BLOCKS[name].example().model_dump()]}

            assert say("brand_not_used", bench.make(story=story, brand=Brand.model_validate(other.model_dump()))) == []

    @pytest.mark.parametrize("near", ["#104050", "#CC4433"])
    def test_a_colour_that_is_nearly_the_brands_is_found(self, bench, say, near):
        made = bench.make()

        def painted(item):
            match item:
                case Fill(paint=str()) if item.size.height < 10:
                    return replace(item, paint=near)
                case Path():
                    return replace(item, colour=near)
                case _:
                    return item

        found = say("brand_not_used", bench.with_frame(changed(made.page.frame, painted), made))

        assert len(found) == 1
        assert near in found[0]

    def test_a_face_that_the_brand_does_not_name_is_found(self, bench, say):
        made = bench.make()

        def set_otherwise(item):
            if not isinstance(item, Paragraph):
                return item
            runs = (run._replace(style=replace(run.style, families=("Noto Sans Symbols",))) for run in item.runs)
            return replace(item, runs=tuple(runs))

        assert (
            "Noto Sans Symbols"
            in say("brand_not_used", bench.with_frame(changed(made.page.frame, set_otherwise), made))[0]
        )

    @pytest.mark.parametrize("language", ["en", "vi", "ar", "fr"])
    def test_every_language_of_the_example_is_set_in_the_brands_faces(self, bench, say, language):
        assert say("brand_not_used", bench.make(story={"language": language})) == []

    def test_a_file_whose_colours_were_changed_is_found(self, bench, say):
        made = bench.make(kind="png")
        with Image.open(made.path) as picture:
            Image.fromarray((np.asarray(picture.convert("RGB")) * 0.9).astype(np.uint8)).save(made.path, "PNG")

        assert "looks like" in say("brand_not_used", made)[0]


class TestPrint:
    def photo(self, bench, dpi, placement="print.a4"):
        """A sheet, 8.27 in wide, with a part of a picture at so many dots an inch."""
        made = bench.make(placement, kind="png")
        name = bench.story.pictures[0].path
        facts = made.typesetter.studio.facts(name)
        wide, high = 600, 300
        crop = Box(0.1, 0.1, wide / 300 * dpi / facts.width, high / 300 * dpi / facts.height)
        shown = Placed(Point(0, 0), Photograph(Size(wide, high), name, crop))
        return bench.with_frame(Frame(Size(wide, high), (shown,), "page"), made)

    @pytest.mark.parametrize(
        ("dpi", "levels"), [(150, [Level.BLOCKING]), (199, [Level.BLOCKING]), (200, [Level.ADVISORY]), (300, [])]
    )
    def test_dots_an_inch_decide(self, bench, dpi, levels):
        found = list(CHECKS["print_resolution_low"].findings(self.photo(bench, dpi)))

        assert [finding.level for finding in found] == levels
        assert all(f"{dpi} dots an inch" in finding.message for finding in found)

    def test_the_finding_says_what_is_needed(self, bench):
        (finding,) = CHECKS["print_resolution_low"].findings(self.photo(bench, 150))

        assert "4800 px wide or more, now 2400" in finding.remedy

    def test_screens_have_their_own_measure(self, bench):
        assert list(CHECKS["print_resolution_low"].findings(self.photo(bench, 100, "screen.hd"))) == []


class TestWordsThatMustBeThere:
    def without(self, made, text):
        def strike(item):
            if not isinstance(item, Paragraph):
                return item
            runs = (run._replace(text=" ".join(run.text.split()).replace(text, "…")) for run in item.runs)
            return replace(item, runs=tuple(runs))

        return changed(made.page.frame, strike)

    def test_a_source_that_is_not_on_the_page_is_found(self, bench, say):
        made = bench.make()
        source = made.page.shown.blocks[0].sources() or made.page.shown.blocks[1].sources()

        assert say("source_missing", made) == []
        assert say("source_missing", bench.with_frame(self.without(made, source[0]), made))

    def test_a_credit_that_is_not_on_the_page_is_found(self, bench, say):
        made = bench.make()
        credit = bench.story.pictures[0].credit

        assert any(block.pictures() for block in made.page.shown.blocks)
        assert say("credit_missing", made) == []
        assert say("credit_missing", bench.with_frame(self.without(made, credit), made))

    @pytest.mark.parametrize("alt", ["", "Crowd.JPG", "crowd", "bay.jpg"])
    def test_the_name_of_a_file_is_no_alt_text(self, bench, say, alt):
        picture = bench.story.pictures[0].model_dump()
        named = picture | {"alt": alt and picture["path"].upper()}

        assert say("alt_missing", bench.make(story=bench.blocks("photo", picture=named)))
