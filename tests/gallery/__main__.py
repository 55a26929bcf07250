"""Every block, theme, shape and script on one page: `python -m tests.gallery [--accept]` makes var/gallery/index.html.

`--accept` writes down what is seen now, once somebody has looked: the test compares with that.
"""

import argparse
import sys
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from media_tools.example import campaign
from media_tools.layout.text import Typesetter
from media_tools.studio import Studio
from tests.gallery.exhibits import Exhibit, exhibits
from tests.gallery.signature import SEEN, seen_before, signature, write_seen

OUT = Path("var/gallery")
WIDTH = 1600  # px of the example's pictures
_STYLE = """
body { margin: 2rem; background: #e9e5dc; color: #14252d; font: 15px/1.4 system-ui, sans-serif }
main { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start }
figure { margin: 0; width: 270px } img { width: 100%; height: auto; display: block; box-shadow: 0 0 0 1px #14252d22 }
h2 { width: 100%; border-top: 3px solid; padding-top: .5rem; margin: 2rem 0 0 } .new figcaption { color: #a32a12 }
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--accept", action="store_true", help=f"write what is seen to {SEEN.name}")
    accept = parser.parse_args().accept
    OUT.mkdir(parents=True, exist_ok=True)
    before, now, parts = seen_before(), {}, []
    with TemporaryDirectory() as folder:
        campaign.draw_pictures(Path(folder), width=WIDTH)
        campaign.copy_artwork(Path(folder))
        typesetter = Typesetter(Studio(Path(folder)))
        for section, shown in groupby(exhibits(), key=lambda exhibit: exhibit.section):
            parts.append(f"<h2>{escape(section)}</h2>")
            for exhibit in shown:
                picture = exhibit.picture(typesetter)
                now[exhibit.title] = signature(picture)
                name = f"{exhibit.title.replace(': ', '-').replace(' ', '_')}.png"
                picture.save(OUT / name)
                parts.append(_figure(exhibit, name, changed=not now[exhibit.title].like(before.get(exhibit.title))))
    page = f"<!doctype html><html lang=en><meta charset=utf-8><title>Gallery</title><style>{_STYLE}</style>"
    (OUT / "index.html").write_text(f"{page}<h1>Gallery</h1><main>{''.join(parts)}</main></html>", encoding="utf-8")
    if accept:
        write_seen(now)
    sys.stdout.write(f"{len(now)} pictures. Open {OUT / 'index.html'} in a browser.\n")


def _figure(exhibit: Exhibit, name: str, *, changed: bool) -> str:
    words = escape(exhibit.name) + (" (changed)" if changed else "")
    kind = ' class="new"' if changed else ""
    image = f'<img src="{escape(name)}" alt="{words}" loading="lazy">'
    return f"<figure{kind}>{image}<figcaption>{words}</figcaption></figure>"


if __name__ == "__main__":
    main()
