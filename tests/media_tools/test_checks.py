"""Every check speaks up at its failing example, keeps silent at its passing one, and says what to do."""

import re
from pathlib import Path
from typing import Any

import pytest

from media_tools.checks import Bench
from media_tools.infographic import BLOCKS, THEMES, Infographic
from media_tools.layout.text import Typesetter
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Level
from media_tools.stills import CHECKS, inspect


@pytest.fixture
def bench(missions: Infographic, kit: Brand, typesetter: Typesetter, tmp_path: Path) -> Bench:
    return Bench(missions, kit, typesetter, tmp_path)


def _fields(model, known=()) -> set[str]:
    """Every field name in a model's schema, however deep."""
    schema = str(model.model_json_schema())
    return set(
        re.findall(r"'([a-z_]+)': \{'(?:\$ref|anyOf|default|description|type|title|const|discriminator)", schema)
    )


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_failing_example_is_found_and_the_passing_one_is_not(check, bench):
    examples = check.examples(bench)

    assert check.code in {finding.code for finding in inspect(examples.failing)}
    assert check.code not in {finding.code for finding in inspect(examples.passing)}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_findings_carry_their_checks_level_and_a_remedy_with_a_field_or_a_number(check, bench):
    fields = _fields(Infographic) | _fields(Brand) | {"blocks", "headline", "theme", "picture", "brand"}

    findings = [finding for finding in inspect(check.examples(bench).failing) if finding.code == check.code]

    for finding in findings:
        assert finding.level is check.level
        assert finding.message.endswith((".", "”")) or check.code == "glyph-missing"
        words = set(re.findall(r"[a-z_]+", finding.remedy))
        assert words & fields or re.search(r"\d", finding.remedy) or "--format" in finding.remedy, finding.remedy


def test_codes_are_distinct():
    codes = [check.code for check in CHECKS.values()]

    assert len(set(codes)) == len(codes)


def test_a_glyph_that_no_font_has_names_its_script(bench):
    made = bench.make(story=bench.blocks("headline", text="བོད་ཡིག", short=""))

    finding = next(finding for finding in inspect(made) if finding.code == "glyph-missing")

    assert "Tibetan" in finding.message
    assert "Tibetan" in finding.remedy


def test_a_story_without_the_blocks_that_need_it_needs_no_source(bench):
    made = bench.make(story={"blocks": [bench.story.headline.model_dump()]})

    assert {finding.code for finding in inspect(made)} == set()


@pytest.mark.parametrize("placement", ["instagram.feed_portrait", "instagram.story", "x.post", "print.a4"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_no_check_refuses_a_page_of_a_headline_and_any_block(block, theme, placement, bench):
    headline = BLOCKS["headline"].example().model_dump()
    told = [headline] if block is BLOCKS["headline"] else [headline, _pictured(block.example().model_dump())]

    made = bench.make(placement, story={"theme": theme, "blocks": told})

    assert [finding.message for finding in inspect(made) if finding.level is Level.BLOCKING] == []


def _pictured(value: Any) -> Any:
    """The same with pictures that there are."""
    match value:
        case {"path": _, "alt": _}:
            return {**value, "path": "bay.jpg", "alt": "A bay", "credit": "Drawing: Attaché", "licence": "Apache-2.0"}
        case dict():
            return {name: _pictured(each) for name, each in value.items()}
        case list() | tuple():
            return [_pictured(each) for each in value]
        case _:
            return value
