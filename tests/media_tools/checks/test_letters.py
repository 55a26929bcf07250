"""Contrast, size, room and safe areas are measured on the letters themselves."""

from dataclasses import replace

import pytest
from PIL import Image

from media_tools.checks import changed
from media_tools.layout.frame import Fill, Frame, Paragraph, Photograph, Placed, Run, TextStyle, walk
from media_tools.platforms import placements
from media_tools.spec.colour import contrast
from media_tools.spec.finding import Level
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.language import Language
from media_tools.stills import CHECKS

INK, DARK, SPECK = "#FFFFFF", "#0B2545", "#F4F1E8"
LINE = "Nine ports answer distress calls at every hour"
FACES = ("IBM Plex Sans",)


def words(typesetter, text, width=900, size=40, colour=INK, weight=400, rtl=False) -> Paragraph:
    style = TextStyle(FACES, size, weight, 1.3, colour)
    return typesetter.set([Run(text, style)], width, Language("en"), right_to_left=rtl)


def dark(size) -> Fill:
    return Fill(size, DARK)


class TestContrast:
    def test_a_bright_speck_behind_one_letter_is_found(self, drawn, say, typesetter):
        line = words(typesetter, LINE)
        speck = Fill(Size(24, 40), SPECK)

        made = drawn((0, 0, dark(Size(1080, 1350))), (330, 205, speck), (90, 200, line))

        assert say("contrast_low", made)

    def test_a_speck_of_one_px_is_not(self, drawn, say, typesetter):
        made = drawn(
            (0, 0, dark(Size(1080, 1350))), (330, 220, Fill(Size(1, 1), SPECK)), (90, 200, words(typesetter, LINE))
        )

        assert say("contrast_low", made) == []

    def test_one_line_of_many_is_enough_and_is_named(self, drawn, say, typesetter):
        many = words(typesetter, " ".join([LINE] * 10), width=880)
        top = 200 + 8 * 40 * 1.3

        made = drawn((0, 0, dark(Size(1080, 1350))), (0, top, Fill(Size(200, 52), SPECK)), (90, 200, many))

        (finding,) = say("contrast_low", made)
        assert "line 9" in finding

    def test_what_lies_under_other_words_in_the_same_box_does_not_count(self, drawn, say, typesetter):
        left, right = words(typesetter, "Light", 900), words(typesetter, "dark", 300, colour="#000000")

        made = drawn(
            (0, 0, dark(Size(1080, 1350))), (600, 0, Fill(Size(480, 1350), SPECK)), (90, 200, left), (700, 200, right)
        )

        assert say("contrast_low", made) == []

    def test_large_letters_may_read_three_to_one_on_a_plain_ground(self, drawn, say, typesetter):
        grey = "#8A8A8A"
        assert 3 < contrast(grey, INK) < 4.5
        white = (0, 0, Fill(Size(1080, 1350), INK))

        large = drawn(white, (90, 200, words(typesetter, "Large", size=80, colour=grey)))
        small = drawn(white, (90, 200, words(typesetter, "Small", size=40, colour=grey)))
        bold = drawn(white, (90, 200, words(typesetter, "Bold", size=60, colour=grey, weight=700)))

        assert say("contrast_low", large) == say("contrast_low", bold) == []
        assert "not 4.5:1" in say("contrast_low", small)[0]

    def test_but_not_on_a_photo(self, drawn, say, typesetter, pictures):
        Image.new("RGB", (300, 300), "#8A8A8A").save(pictures / "grey.png")
        grey = Photograph(Size(1080, 1350), "grey.png", Box(0, 0, 1, 1))

        made = drawn((0, 0, grey), (90, 200, words(typesetter, "Large", size=80)))

        assert say("contrast_low", made)


class TestTypeTooSmall:
    def test_one_small_run_among_large_ones_is_found(self, bench, say):
        def with_small_unit(item):
            if isinstance(item, Paragraph) and len(item.runs) > 1:
                *first, last = item.runs
                return replace(item, runs=(*first, last._replace(style=replace(last.style, size=20))))
            return item

        made = bench.make()

        assert say("type_too_small", made) == []
        assert "20.0 px" in say("type_too_small", bench.with_frame(changed(made.page.frame, with_small_unit)))[0]

    def test_a_file_of_half_the_px_shows_letters_of_half_the_size(self, bench, say):
        made = bench.make(kind="png")
        with Image.open(made.path) as picture:
            picture.resize((picture.width // 2, picture.height // 2)).save(made.path, "PNG")

        assert say("type_too_small", made)


class TestTextOutside:
    def test_lines_that_are_more_than_their_room_holds_are_measured(self, drawn, say, typesetter):
        many = words(typesetter, " ".join([LINE] * 3), width=400)
        cramped = replace(many, size=Size(400, 100))

        (finding,) = say("text_outside", drawn((0, 0, dark(Size(1080, 1350))), (90, 200, cramped)))

        assert "past the room" in finding

    def test_a_word_that_is_torn_is_found(self, drawn, say, typesetter):
        long = words(typesetter, "Unerreichbarkeitsbescheinigung", width=200)

        (finding,) = say("text_outside", drawn((0, 0, dark(Size(1080, 1350))), (90, 200, long)))

        assert "is torn" in finding

    def test_words_that_are_cut_at_the_edge_of_the_page_are_found(self, drawn, say, typesetter):
        made = drawn((0, 0, dark(Size(1080, 1350))), (700, 200, words(typesetter, LINE)))

        assert "the edge of the page" in say("text_outside", made)[0]

    def test_an_empty_box_may_lie_outside_where_no_ink_does(self, drawn, say, typesetter):
        made = drawn((0, 0, dark(Size(1080, 1350))), (400, 200, words(typesetter, "Hi", width=900)))

        assert say("text_outside", made) == []

    @pytest.mark.parametrize("language", ["en", "vi", "ar"])
    def test_letters_with_marks_over_them_stay_in_their_room(self, bench, say, language):
        text = {"en": "Åland Ñandú Ỗ", "vi": "Ấn Độ, Ở ngoài khơi", "ar": "إِنَّ الْمُعَلِّمَ"}[language]

        made = bench.make(story=bench.blocks("headline", text=text, short="") | {"language": language})

        assert say("text_outside", made) == []


class TestOutsideSafeArea:
    def moved(self, made, name, by):
        """The groups of a name moved down by px."""

        def move(item):
            if not isinstance(item, Frame):
                return item
            items = (
                Placed(Point(each.at.x, each.at.y + by), each.item)
                if isinstance(each.item, Frame) and each.item.name == name
                else each
                for each in item.items
            )
            return replace(item, items=tuple(items))

        return changed(made.page.frame, move)

    def test_a_mark_that_is_moved_into_the_covered_part_is_found(self, bench, say):
        made = bench.make("instagram.story")

        found = say("outside_safe_area", bench.with_frame(self.moved(made, "mark", 200), made))

        assert say("outside_safe_area", made) == []
        assert len(found) == 1
        assert found[0].startswith("The mark stands")

    def test_a_code_counts_with_its_quiet_zone(self, bench, say):
        made = bench.make("screen.hd_portrait")
        code = next(mark for mark in made.marks if mark.found.item.name == "qr")
        seen = made.page.page.size.height - made.page.page.safe.bottom

        inside = bench.with_frame(self.moved(made, "qr", seen - code.box.bottom), made)
        quiet_zone_outside = bench.with_frame(self.moved(made, "qr", seen - code.box.bottom + 3), made)

        assert not any("QR" in words for words in say("outside_safe_area", inside))
        assert any("QR" in words for words in say("outside_safe_area", quiet_zone_outside))

    def test_photographs_and_grounds_may_reach_everywhere(self, bench, say):
        made = bench.make("instagram.story", story={"theme": "frame"})
        photo = next(found.box for found in walk(made.page.frame) if isinstance(found.item, Photograph))

        assert photo.y == 0 < made.page.page.safe.top
        assert say("outside_safe_area", made) == []

    @pytest.mark.parametrize(("language", "level"), [("en", Level.BLOCKING), ("ar", Level.ADVISORY)])
    def test_words_under_the_accounts_own_picture_are_found(self, bench, typesetter, language, level):
        headline = bench.story.headline.model_dump()
        made = bench.make("x.header", {"language": language, "blocks": [headline]})
        covered = placements()["x.header"].avatar.box(made.page.frame.size)
        under = Placed(Point(160, covered.y + 90), words(typesetter, "Under", 200, 30, "#000000"))
        frame = replace(made.page.frame, items=(*made.page.frame.items, under))

        found = list(CHECKS["outside_safe_area"].findings(bench.with_frame(frame, made)))

        assert any("Under" in finding.message and finding.level is level for finding in found)
