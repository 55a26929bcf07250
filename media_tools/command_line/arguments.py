"""What may be typed, and which command it calls."""

import argparse

from media_tools.clips.follow import ASPECTS
from media_tools.command_line import commands
from media_tools.made import FORMATS
from media_tools.qr_image import SIZE


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m media_tools", description="Stories into platform-ready files.")
    known = whole.add_subparsers(required=True, metavar="COMMAND")

    sheet = known.add_parser("placements", help="every placement we know")
    sheet.add_argument("--json", action="store_true", help="all that is known, as one JSON list")
    sheet.set_defaults(command=commands.show_placements)

    schema = known.add_parser("schema", help="JSON Schema of a file that you write")
    schema.add_argument("what", choices=sorted(commands.MODELS))
    schema.set_defaults(command=commands.show_schema)

    example = known.add_parser("example", help="a complete story, brand and pictures to begin with")
    example.add_argument("what", choices=["clip", "infographic"])
    example.add_argument("--out", required=True, metavar="DIR")
    example.add_argument("--language", default="en", metavar="TAG")
    example.set_defaults(command=commands.write_example)

    infographic = known.add_parser("infographic", help="a story and a brand into stills")
    infographic.add_argument("story", metavar="STORY.json")
    infographic.add_argument("--brand", required=True, metavar="BRAND.json")
    infographic.add_argument("--placements", default="all", help="all, or names with commas")
    infographic.add_argument(
        "--format", default="", choices=sorted(FORMATS), help="one kind of file for all; without it, what suits each"
    )
    infographic.add_argument("--out", required=True, metavar="DIR")
    infographic.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to share the work")
    infographic.set_defaults(command=commands.make_infographic)

    animation = known.add_parser("animate", help="a story and a brand into clips in which its blocks come one by one")
    animation.add_argument("story", metavar="STORY.json")
    animation.add_argument("--brand", required=True, metavar="BRAND.json")
    animation.add_argument("--placements", default="all", help="all, or names with commas")
    animation.add_argument("--out", required=True, metavar="DIR")
    animation.set_defaults(command=commands.make_animation)

    clip = known.add_parser("clip", help="footage, captions and a brand into clips")
    clip.add_argument("story", metavar="STORY.json")
    clip.add_argument("--brand", required=True, metavar="BRAND.json")
    clip.add_argument("--placements", default="all", help="all, or names with commas")
    clip.add_argument("--captions", metavar="FILE", help="an .srt, .vtt or .txt file in place of the story's captions")
    clip.add_argument(
        "--also", action="append", default=[], metavar="STORY.json",
        help="the same footage in another language, filmed in the same run; may stand several times",
    )  # fmt: skip
    clip.add_argument(
        "--missions", metavar="FILE.json",
        help="also a clip for each mission in it, with its names, verb and link on the end card: see `schema missions`",
    )  # fmt: skip
    clip.add_argument("--out", required=True, metavar="DIR")
    clip.add_argument("--textless", action="store_true", help="also a master without captions, mark and card")
    clip.add_argument("--cache", metavar="DIR", help="where end cards are kept from one run to the next")
    clip.set_defaults(command=commands.make_clip)

    playlist = known.add_parser("playlist", help="finished films and pictures as one film that goes round on a screen")
    playlist.add_argument("playlist", metavar="PLAYLIST.json", help="see `schema playlist`; its parts lie beside it")
    playlist.add_argument("--out", required=True, metavar="DIR")
    playlist.set_defaults(command=commands.make_loop)

    reframe = known.add_parser("reframe", help="key frames by which faces stay in frames of other proportions")
    reframe.add_argument("footage", metavar="FILE")
    reframe.add_argument("--aspects", default=",".join(ASPECTS), metavar="W:H", help="proportions with commas")
    reframe.add_argument("--start", type=float, default=0, metavar="SECONDS", help="where the clip begins in the file")
    reframe.add_argument("--end", type=float, metavar="SECONDS", help="where it ends; without it, with the file")
    reframe.set_defaults(command=commands.show_framings)

    kit = known.add_parser("kit", help="avatar and header for an account on every platform, from a brand alone")
    kit.add_argument("brand", metavar="BRAND.json")
    kit.add_argument("--language", default="", metavar="TAG", help="one language; without it, all that the brand has")
    kit.add_argument("--mission", default="", metavar="NAME", help="the mission's name in place of the brand's own")
    kit.add_argument("--place", default="", metavar="NAME", help="country or city, in a band on the avatars")
    kit.add_argument("--message", default="", metavar="TEXT", help="one line for the headers")
    kit.add_argument("--placements", default="all", help="all, or names with commas")
    kit.add_argument("--out", required=True, metavar="DIR")
    kit.set_defaults(command=commands.make_account_kit)

    qr = known.add_parser("qr", help="a QR code that was read back")
    qr.add_argument("text")
    qr.add_argument("--out", required=True, metavar="FILE", help="a name that ends in .png or .jpg")
    qr.add_argument("--logo", metavar="FILE", help="a picture for the middle of the code")
    qr.add_argument("--size", type=int, default=SIZE, metavar="PX", help="the most px of a side, quiet zone included")
    qr.set_defaults(command=commands.make_qr)

    probing = known.add_parser("probe", help="what a file is, from its header")
    probing.add_argument("files", nargs="+", metavar="FILE")
    probing.set_defaults(command=commands.probe)

    package = known.add_parser("package", help="a folder of finished files as one ZIP")
    package.add_argument("folder", metavar="DIR")
    package.add_argument("--out", required=True, metavar="FILE.zip")
    package.set_defaults(command=commands.make_package)

    demo = known.add_parser("demo", help="the example campaign in all its languages, with a contact sheet")
    demo.add_argument("--out", required=True, metavar="DIR")
    demo.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to share the work")
    demo.set_defaults(command=commands.make_demo)
    return whole
