"""Numbers are read back from the page, and shapes measured, without asking who wrote and drew them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from media_tools.blocks.bar_chart import BarChart
from media_tools.blocks.column_chart import ColumnChart
from media_tools.blocks.comparison import Comparison
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.line_chart import LineChart
from media_tools.blocks.pictogram import Pictogram
from media_tools.blocks.progress import Progress
from media_tools.blocks.share import Share
from media_tools.blocks.steps import Steps
from media_tools.blocks.table import Table
from media_tools.checks import changed
from media_tools.layout.frame import Fill, Frame, Paragraph, Path, Placed
from media_tools.readback.amounts import Notation
from media_tools.spec.figure import Figure, written_number
from media_tools.spec.language import Language

LANGUAGES = (
    ("en", "latn"), ("vi", "latn"), ("fr", "latn"), ("de", "latn"), ("es", "latn"), ("ru", "latn"), ("ar", "latn"),
    ("ar", "arab"), ("fa", "arabext"), ("he", "latn"), ("hi", "deva"), ("bn", "beng"), ("km", "latn"), ("zh", "latn"),
)  # fmt: skip
VALUES = ("0", "7", "1234", "12400", "-5.25", "1000000", "28000000", "3500000000", "1234567.5", "150000000000")


@pytest.mark.parametrize(("language", "digits"), LANGUAGES)
@pytest.mark.parametrize("value", VALUES)
def test_what_is_written_is_read_back(language, digits, value):
    notation = Notation(Language(language), digits)
    written = written_number(Decimal(value), notation.language, digits)

    read = notation.read(f"\u2066{'\u00a0'.join(filter(None, written))}\u2069 people")

    assert [each.value for each in read] == [Decimal(value)]


@pytest.mark.parametrize("text", ["12.400", "12400", "12,40", "1,2400"])
def test_what_english_does_not_write_so_is_no_amount(text):
    assert [each.value for each in Notation(Language("en"), "latn").read(text)] == [None]


def rewritten(made, bench, old, new):
    """The page with a text in the place of another."""

    def change(item):
        if not isinstance(item, Paragraph):
            return item
        return replace(item, runs=tuple(run._replace(text=run.text.replace(old, new)) for run in item.runs))

    frame = changed(made.page.frame, change)
    assert frame != made.page.frame
    return bench.with_frame(frame, made)


class TestNumberDiffers:
    @pytest.mark.parametrize("written", ["12,40", "12.400", "12 thousand", "12400", "12,401"])
    def test_an_amount_that_is_cut_rounded_or_written_otherwise_is_found(self, made_of, bench, say, written):
        made = made_of(KeyFigures.example())

        assert say("number_differs", made) == []
        assert say("number_differs", rewritten(made, bench, "12,400", written))

    def test_an_amount_beside_anothers_label_is_found(self, made_of, bench, say):
        made = made_of(BarChart.example())

        found = say("number_differs", rewritten(made, bench, "268", "412"))

        assert found == ["Beside “Delta” stands 412, which is another's amount."]

    @pytest.mark.parametrize("lost", ["%", "+", "~", "\u2212"])
    def test_a_sign_that_is_lost_changes_the_amount(self, made_of, bench, say, lost):
        figures = {
            "%": Figure(value=48, notation="percent", label="answered in time"),
            "+": Figure(value=160, bound="at_least", label="countries"),
            "~": Figure(value=28, bound="about", label="visitors"),
            "\u2212": Figure(value=-5, notation="growth", label="calls"),
        }
        made = made_of(KeyFigures(figures=(figures[lost],)))

        assert say("number_differs", made) == []
        assert say("number_differs", rewritten(made, bench, lost, ""))

    def test_a_magnitude_that_is_lost_makes_another_amount(self, made_of, bench, say):
        made = made_of(KeyFigures(figures=(Figure(value=28_000_000, label="visitors"),)))

        assert say("number_differs", made) == []
        assert say("number_differs", rewritten(made, bench, "million", "thousand"))

    def test_a_sign_among_words_from_the_right_keeps_its_side(self, bench, say, kit):
        figure = Figure(value=500, notation="growth", label="نمو")
        brand = kit.model_copy(update={"digits": {"ar": "latn"}})
        story = {
            "language": "ar",
            "blocks": [{"block": "headline", "text": "ما"}, KeyFigures(figures=(figure,)).model_dump()],
        }
        made = bench.make(story=story | {"source": "م"}, brand=brand)

        assert say("number_differs", made) == []
        assert any("changes sides" in words for words in say("number_differs", rewritten(made, bench, "\u2066", "")))

    def test_a_figure_that_is_left_out_is_no_difference(self, bench, say):
        figures = [{"value": 100 + index, "label": f"things of kind {index}"} for index in range(6)]
        story = bench.blocks("key_figures", figures=figures) | {"source": "Harbour Office"}

        made = bench.make("x.post", story)

        assert made.page.left_out
        assert say("number_differs", made) == []

    def test_a_headline_whose_number_is_cut_is_found(self, bench, say):
        made = bench.make(story=bench.blocks("headline", text="The harbour opened in 1987", short=""))

        assert say("number_differs", made) == []
        assert "“198”" in say("number_differs", rewritten(made, bench, "1987", "198"))[0]

    def test_the_numerals_of_steps_are_nobodys_amounts(self, made_of, say):
        assert say("number_differs", made_of(Steps.example())) == []

    def test_a_cell_in_anothers_row_is_found(self, made_of, bench, say):
        made = made_of(Table.example())

        assert say("number_differs", made) == []
        assert say("number_differs", rewritten(made, bench, "1,268", "1,412"))


def group_of(item, name) -> bool:
    return isinstance(item, Frame) and item.name == name


def with_items(item, items):
    return replace(item, items=tuple(items))


class TestChartDiffers:
    @pytest.mark.parametrize(
        ("block", "name", "side"),
        [
            (BarChart.example(), "bar", "width"),
            (ColumnChart.example(), "column", "height"),
            (Comparison.example(), "level", "height"),
        ],
    )
    def test_one_shape_that_is_two_px_longer_is_found(self, made_of, bench, say, block, name, side):
        made, number = made_of(block), iter(range(100))

        def longer(item):
            if not group_of(item, name) or next(number):
                return item
            return changed(item, lambda each: grown(each, side, 2.5) if isinstance(each, Fill) else each)

        assert say("chart_differs", made) == []
        assert say("chart_differs", bench.with_frame(changed(made.page.frame, longer), made))

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_columns_that_changed_places_are_found(self, made_of, bench, say, language):
        rows = tuple({"label": str(2019 + turn), "first": 100 * (turn + 1)} for turn in range(4))
        made = made_of(ColumnChart(rows=rows), language=language)

        def flip(item):
            if not group_of(item, "columns"):
                return item
            width = item.size.width
            items = (
                Placed(each.at._replace(x=width - each.at.x - each.item.size.width), each.item)
                if group_of(each.item, "column")
                else each
                for each in item.items
            )
            return with_items(item, items)

        assert say("chart_differs", made) == []
        assert say("chart_differs", bench.with_frame(changed(made.page.frame, flip), made))

    def test_parts_of_a_column_end_where_their_amounts_do(self, made_of, bench, say):
        rows = tuple({"label": year, "first": 40, "second": 25, "third": 35} for year in ("2024", "2025"))
        made = made_of(ColumnChart(rows=rows, first="Boats", second="Crews", third="Ports", form="stacked"))

        def moved(item):
            if not group_of(item, "column"):
                return item
            fills = [each for each in item.items if isinstance(each.item, Fill)]
            second = fills[1]
            return with_items(
                item,
                (
                    replace(each, at=each.at._replace(y=each.at.y - 4)) if each is second else each
                    for each in item.items
                ),
            )

        assert say("chart_differs", made) == []
        assert say("chart_differs", bench.with_frame(changed(made.page.frame, moved), made))

    def test_a_negative_amount_that_stands_upright_is_found(self, made_of, bench, say):
        rows = ({"label": "2024", "first": 40}, {"label": "2025", "first": -30})
        made = made_of(ColumnChart(rows=rows))

        def raised(item):
            if not group_of(item, "columns"):
                return item
            low = max((each for each in item.items if group_of(each.item, "column")), key=lambda each: each.at.y)
            return with_items(
                item, (replace(each, at=each.at._replace(y=0)) if each is low else each for each in item.items)
            )

        assert say("chart_differs", made) == []
        assert "upright" in say("chart_differs", bench.with_frame(changed(made.page.frame, raised), made))[0]

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_a_line_is_on_the_scale_that_its_hairlines_say(self, made_of, bench, say, language):
        made = made_of(LineChart.example(), language=language)

        def pressed(item):
            if isinstance(item, Path) and item.stroke is not None:
                return replace(item, data=item.data.replace(item.data.split("L")[1].split("M")[0], "500.00 0.00", 1))
            return item

        def turned(item):
            return (
                replace(item, flipped=not item.flipped) if isinstance(item, Path) and item.stroke is not None else item
            )

        assert say("chart_differs", made) == []
        assert say("chart_differs", bench.with_frame(changed(made.page.frame, pressed), made))
        assert "reading direction" in say("chart_differs", bench.with_frame(changed(made.page.frame, turned), made))[0]

    def test_hairlines_of_another_scale_are_found(self, made_of, bench, say):
        made = made_of(LineChart.example())

        found = say("chart_differs", rewritten(made, bench, "100", "120"))

        assert any("120" in words for words in found)

    @pytest.mark.parametrize("name", ["progress", "donut", "dots"])
    def test_shares_are_as_large_as_they_say(self, made_of, say, name):
        blocks = {"progress": Progress.example(), "donut": Share.example(), "dots": Pictogram.example()}
        others = {
            "progress": Progress(
                rows=tuple(row.model_copy(update={"amount": row.amount - 1}) for row in Progress.example().rows)
            ),
            "donut": Share.example().model_copy(update={"amount": Decimal(130)}),
            "dots": Pictogram.example().model_copy(update={"amount": 83}),
        }
        made, other = made_of(blocks[name]), made_of(others[name])

        wrong = replace(made, laid=replace(other.page, shown=made.page.shown))

        assert say("chart_differs", made) == []
        assert say("chart_differs", wrong)


def grown(fill, side, by):
    return replace(fill, size=fill.size._replace(**{side: getattr(fill.size, side) + by}))
