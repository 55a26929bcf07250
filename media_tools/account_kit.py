"""Brand and names in, an account's own pictures out: the avatar and the header of every platform in one go."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, field_validator

from media_tools.alt_text import described
from media_tools.blocks.headline import Headline
from media_tools.checks.does_not_fit import DoesNotFit as NoRoom
from media_tools.checks.left_out import LeftOut
from media_tools.errors import DoesNotFit
from media_tools.infographic import Infographic, LaidOut
from media_tools.layout.blank import Told, blank_page
from media_tools.layout.page import Page
from media_tools.layout.text import Typesetter
from media_tools.made import FORMATS, Made, Order, part_of, put_in_place, write_part
from media_tools.pages import Content
from media_tools.pages.account import Piece, avatar, header
from media_tools.platforms import Placement, Use
from media_tools.recipe import Recipe, content_digest
from media_tools.render import Paper
from media_tools.spec import Spec, Words
from media_tools.spec.brand import Brand, LockUp
from media_tools.spec.finding import Finding, Level
from media_tools.spec.language import Language
from media_tools.spec.link import QRPolicy
from media_tools.stills import Still, inspect

_PREFERRED = ("png", "jpeg", "webp")  # of those that a placement takes: in the first, flat colours stay flat
_STEM = 60  # bytes of a file's name before its language: file systems take 255 in all
_SCREEN = 0.5  # points to each px


class Account(Spec):
    """Whose account it is, in one language, and what its pictures say besides."""

    language: str = Field(description="BCP 47 tag of the names, such as en, vi, fr or ar.")
    mission: Words = Field(default="", max_length=80, description="The mission's name; empty: as the brand has it.")
    place: Words = Field(default="", max_length=20, description="Country or city in a few letters, for the avatar.")
    message: Words = Field(default="", max_length=100, description="One line for the headers.")

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        return Language.parse(value).tag

    def named(self, brand: Brand) -> Brand:
        """The brand under this mission's name, where it has names in the language at all."""
        language = Language(self.language)
        tag = language.tag if language.tag in brand.names else language.base
        if not self.mission or tag not in brand.names:
            return brand
        names = LockUp(ministry=brand.names[tag].ministry, mission=self.mission)
        return brand.model_copy(update={"names": {**brand.names, tag: names}})


@dataclass(frozen=True, slots=True)
class Kit:
    """Whose pictures are to be made, for which placements, and where to."""

    brand: Brand
    accounts: tuple[Account, ...]
    """One for each language."""
    placements: tuple[Placement, ...]
    name: str
    """What file names begin with."""
    out: Path


def make_kit(kit: Kit, typesetter: Typesetter) -> Iterator[Still]:
    """Every picture, language by language; each is in its place when its row comes.

    Raises MediaToolsError where one of them cannot be made at all.
    """
    for account in kit.accounts:
        for placement in kit.placements:
            yield picture(account, placement, kit, typesetter)


def rehearse_kit(kit: Kit, typesetter: Typesetter) -> None:
    """Find out, before anything is written, whether the brand can be used in every language.

    Raises MediaToolsError.
    """
    for account in kit.accounts:
        _page(account, kit.placements[0], account.named(kit.brand), typesetter)


def picture(account: Account, placement: Placement, kit: Kit, typesetter: Typesetter) -> Still:
    """One picture, checked and in its place, or the findings that refuse it. Raises MediaToolsError as `make_kit`."""
    brand = account.named(kit.brand)
    kind = next((name for name in _PREFERRED if name in placement.image_formats), _PREFERRED[0])
    content = content_digest(account, brand, typesetter.studio.sha256)
    path = kit.out / f"{kit.name}_{account.language}_{placement.name}{FORMATS[kind].suffix}"
    page = _page(account, placement, brand, typesetter)
    try:
        made, findings = _checked(_piece(account, placement, page), placement, kind, page, path)
    except DoesNotFit as problem:
        made, findings = None, (_refused(problem, account, page),)
    settings, alts = (made.settings, (_alt(made),)) if made else ("", ())
    size = made.bytes if made else 0
    if made is None or any(finding.level is Level.BLOCKING for finding in findings):
        for left in (path, part_of(path)):  # an earlier one must not pass for this
            left.unlink(missing_ok=True)
        digest, size = "", 0
    else:
        digest = hashlib.sha256(made.path.read_bytes()).hexdigest()
        put_in_place(made.path, path)
    return Still(
        placement.name, account.language, path if digest else None, placement.width, placement.height, size, digest,
        content, Recipe(content, placement, kind).fingerprint, findings, settings, alts=alts,
    )  # fmt: skip


def stem(brand: Brand, mission: str = "") -> str:
    """What files are named after: the mission, else the brand's own or the ministry, in English where it has names."""
    names = brand.names.get("en") or next(iter(brand.names.values()))
    name = (mission or names.mission or names.ministry).casefold()
    letters = (letter if unicodedata.category(letter)[0] in "LMN" else "-" for letter in name)
    words = "-".join(filter(None, "".join(letters).split("-")))
    return words.encode()[:_STEM].decode(errors="ignore").rstrip("-") or "account"


def _page(account: Account, placement: Placement, brand: Brand, typesetter: Typesetter) -> Page:
    ground = brand.colours.primary if placement.use is Use.AVATAR else brand.colours.deep
    return blank_page(Told(account.language, QRPolicy.NEVER), placement, brand, typesetter, ground)


def _piece(account: Account, placement: Placement, page: Page) -> Piece:
    if placement.use is Use.AVATAR:
        return avatar(page, account.place)
    return header(page, placement, account.message)


def _checked(piece: Piece, placement: Placement, kind: str, page: Page, path: Path) -> tuple[Made, tuple[Finding, ...]]:
    """The file under its temporary name, and what every check of stills says of it."""
    name, *others = piece.words
    headline = Headline(text=name, standfirst=". ".join(others))
    story = Infographic(version=1, language=page.language.tag, qr=QRPolicy.NEVER, blocks=(headline,))
    shown = Content(headline, (), "", "", right_to_left=page.right_to_left)
    laid = LaidOut(piece.frame, page, "", shown, (), (), None)
    most = placement.target_file_bytes_image or placement.max_file_bytes_image
    encoded = FORMATS[kind].write((piece.frame,), Paper(name, page.language.tag, _SCREEN), page.type, most)
    write_part(part_of(path), encoded.content)
    made = Made(Order(story, placement, page.brand, kind), laid, None, page.type, part_of(path), encoded.settings)
    return made, (*inspect(made), *(_left_out(what, placement) for what in piece.left_out))


def _alt(made: Made) -> str:
    return described((made.order.story.headline,), made.page.page.language, made.order.brand)


def _left_out(what: str, placement: Placement) -> Finding:
    return Finding(
        level=LeftOut.level,
        code=LeftOut.code,
        message=f"The {what} is left out: it has no room on {placement.name} above {placement.legible:.0f} px of type.",
        remedy=f"Shorten {what}, or accept the names alone.",
    )


def _refused(problem: DoesNotFit, account: Account, page: Page) -> Finding:
    """What had no room, and how short it must become."""
    own, names = f"brand.names.{account.language}", page.names
    fields = {"mission" if account.mission else f"{own}.mission": names.mission, f"{own}.ministry": names.ministry}
    if page.use is Use.AVATAR:
        fields = {"place": account.place}
    field, words = max(fields.items(), key=lambda field: len(field[1]))
    most = max(2, int(problem.share * len(words)))
    remedy = f"Give {field} a form of at most {most} characters, now {len(words)}."
    return Finding(level=NoRoom.level, code=NoRoom.code, message=problem.why, remedy=remedy)
