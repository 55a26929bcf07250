"""Whatever a story says, checks say what they think of it and never give up."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_tools.checks import Bench
from media_tools.infographic import BLOCKS, THEMES, Infographic
from media_tools.layout.text import Typesetter
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Finding, Level
from media_tools.stills import inspect

PLACEMENTS = ("opengraph.card", "instagram.story", "x.header", "linkedin.document", "telegram.post", "print.a4")
NAMES = tuple(name for name, block in BLOCKS.items() if name != "headline" and not block.example().artworks())
SAID = ("Nine ports", "Chín cảng, 9 bến", "تسعة موانئ 9", "9", "A\u00a01,200.5% rise", "12 in 3 🌞", "Ỗ" * 20, "W" * 60)
AMOUNTS = st.decimals(-(10**9), 10**12, places=3) | st.integers(-9, 2_000_000)


@st.composite
def stories(draw: st.DrawFn) -> dict[str, object]:
    """A headline and up to three blocks, with amounts and words of any kind."""
    headline = {
        "block": "headline",
        "text": draw(st.sampled_from(SAID)),
        "kicker": draw(st.sampled_from(("", "Q3 2026"))),
    }
    blocks = [BLOCKS[name].example().model_dump() for name in draw(st.lists(st.sampled_from(NAMES), max_size=3))]
    figures = [
        {
            "value": draw(AMOUNTS),
            "label": draw(st.sampled_from(SAID)),
            "unit": draw(st.sampled_from(("", "of 98", "%"))),
            "notation": draw(st.sampled_from(("number", "percent", "growth"))),
            "bound": draw(st.sampled_from(("exact", "about", "at_least"))),
        }
        for _ in range(draw(st.integers(1, 3)))
    ]
    return {
        "language": draw(st.sampled_from(("en", "vi", "ar", "fr"))),
        "theme": draw(st.sampled_from(tuple(THEMES))),
        "source": draw(st.sampled_from(("", "Harbour Office, 2026"))),
        "blocks": [headline, {"block": "key_figures", "figures": figures}, *blocks],
    }


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories(), st.sampled_from(PLACEMENTS))
def test_checks_have_an_answer_to_any_story(
    missions: Infographic, kit: Brand, typesetter: Typesetter, tmp_path: Path, story, placement
):
    made = Bench(missions, kit, typesetter, tmp_path).make(placement, story)

    findings = inspect(made)

    assert all(isinstance(finding, Finding) and finding.message and finding.remedy for finding in findings)
    bugs = {"number-differs", "chart-differs", "overlapping", "type-too-small", "outside-safe-area"}
    assert [found.message for found in findings if found.code in bugs and found.level is Level.BLOCKING] == []
