"""One page that shows every file of the demo, for a browser."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from media_tools.spec.language import Language
from media_tools.stills import Still

_STYLE = """
:root { color-scheme: light dark; --ink: #14252d; --paper: #f6f2e9; --line: #c4c5c0; --quiet: #58676d }
@media (prefers-color-scheme: dark) { :root { --ink: #f6f2e9; --paper: #0b1b21; --line: #2c4650; --quiet: #a9b9bf } }
* { box-sizing: border-box }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 4rem); background: var(--paper); color: var(--ink);
  font: 16px/1.5 "IBM Plex Sans", system-ui, sans-serif }
h1 { font: 600 clamp(1.8rem, 4vw, 3rem)/1.1 "Source Serif 4", Georgia, serif; margin: 0 0 .5rem }
h2 { border-top: 4px solid; padding-top: .6rem; margin: 3rem 0 1rem; font-size: 1.1rem }
p { max-width: 60ch; color: var(--quiet) }
nav a { color: inherit; margin-inline-end: 1rem; white-space: nowrap }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); align-items: end }
li a { color: inherit; text-decoration: none; display: block }
li a:focus-visible, li a:hover { outline: 3px solid #c43a1d; outline-offset: 3px }
img { display: block; width: 100%; height: auto; max-height: 22rem; object-fit: contain; object-position: left bottom }
small { display: block; color: var(--quiet); border-top: 1px solid var(--line); margin-top: .5rem; padding-top: .35rem }
"""


def contact_sheet(stills: Sequence[Still], folder: Path) -> Path:
    """Write `folder`/index.html; its links are relative, so that the folder can be moved."""
    groups = [
        (key, list(group)) for key, group in groupby(stills, key=lambda still: (_story(still, folder), still.language))
    ]
    links = "".join(f'<a href="#{name}-{tag}">{escape(_title(name, tag))}</a>' for (name, tag), _ in groups)
    sections = "".join(_section(name, tag, group, folder) for (name, tag), group in groups)
    page = folder / "index.html"
    page.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Attaché: the demo campaign</title><style>{_STYLE}</style><h1>The demo campaign</h1>"
        f"<p>{len(stills)} files from {len(groups)} stories, each made for one placement and checked. "
        f"Open one to see it whole.</p><nav>{links}</nav>{sections}</html>\n",
        encoding="utf-8",
    )
    return page


def _section(name: str, tag: str, stills: Sequence[Still], folder: Path) -> str:
    items = "".join(_item(still, folder) for still in stills)
    return f'<h2 id="{name}-{tag}">{escape(_title(name, tag))}</h2><ul>{items}</ul>'


def _item(still: Still, folder: Path) -> str:
    notes = "".join(f"<br>{escape(finding.message)}" for finding in still.findings if still.path is None)
    words = f"<small>{escape(still.placement)}<br>{still.width} × {still.height}{notes}</small>"
    if still.path is None:
        return f"<li>{words}</li>"
    source = escape(still.path.relative_to(folder).as_posix())
    alt = escape(f"{still.placement} in {still.language}")
    size = f'width="{still.width}" height="{still.height}"'
    return f'<li><a href="{source}"><img src="{source}" alt="{alt}" {size} loading="lazy">{words}</a></li>'


def _story(still: Still, folder: Path) -> str:
    return still.path.relative_to(folder).parts[0] if still.path else "refused"


def _title(name: str, tag: str) -> str:
    return f"{name.title()}, {Language(tag).cldr.get_display_name('en')}"
