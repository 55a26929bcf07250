"""Fills an empty workshop with two campaigns, by the forms and functions that people use. Twice changes nothing."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import Form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, Locale
from wagtailmedia.forms import get_media_form
from wagtailmedia.models import MediaType

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATOR, APPROVER, DESIGNER, EDITOR, MISSION
from cms.brands.models import Brand, BrandName
from cms.campaigns.models import Campaign, CampaignWords, CoreMessage, Keyword, MessageWords
from cms.clips.models import Clip, Framing, LowerThird
from cms.facts.models import Fact, FactWords
from cms.infographics.models import Infographic
from cms.library.forms import DrawingForm
from cms.library.models import Drawing, Image, Media
from cms.links.models import Host, Link
from cms.missions.models import Mission, MissionName, Posting
from media_tools.blocks.logos import Logos
from media_tools.blocks.map import Map
from media_tools.example import campaign as example
from media_tools.example import footage as film
from media_tools.infographic import Infographic as Story
from media_tools.open.photo_metadata import of_name

_TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
_STAFF = {"designer": DESIGNER, "editor": EDITOR, "approver": APPROVER, "admin": ADMINISTRATOR}
LANGUAGES = example.languages()
MAP = "An invented island"


def people(passwords: dict[str, str]) -> None:
    """Everybody in `passwords`; who is there already keeps the password they have."""
    for name, password in passwords.items():
        person, made = User.objects.get_or_create(username=name, defaults={"first_name": name.capitalize()})
        if made:
            person.set_password(password)
            person.email = f"{name}@mfa.example"
            person.save()
            person.groups.add(Group.objects.get(name=_STAFF.get(name, MISSION)))


def names_of_people() -> list[str]:
    return [*_STAFF, *(entry["person"] for entry in _TEXTS["missions"])]


@transaction.atomic
def surroundings() -> None:
    """The brand, missions, hosts, links, campaigns and facts."""
    _brand()
    for entry in _TEXTS["missions"]:
        _mission(entry)
    Host.objects.get_or_create(name="www.mfa.example")
    for story, destination in _TEXTS["links"].items():
        Link.objects.get_or_create(title=_verb(story), defaults={"destination": destination})
    for entry in _TEXTS["campaigns"]:
        _campaign(entry)
    for story in _TEXTS["facts"]:
        _facts(story)


def images(folder: Path, width: int = example.WIDTH) -> None:
    """The drawn pictures, `width` px wide, through the form that uploads go through."""
    example.draw_pictures(folder, width)
    for name in example.names():
        for picture in example.story(name, "en").pictures:
            if not Image.objects.filter(title=of_name(picture.path).title).exists():
                _upload(folder / picture.path, picture.alt, picture.credit, picture.licence)


def drawings(folder: Path) -> None:
    """Maps of invented land and logos of invented partners, through the form that uploads go through."""
    example.copy_artwork(folder)
    shown = [(artwork.path, artwork) for name in example.names() for artwork in example.story(name, "en").artworks]
    partners = [(partner.name, partner.artwork) for partner in Logos.example().partners]
    for title, artwork in [(MAP, Map.example().artwork), *shown, *partners]:
        if artwork is None or Drawing.objects.filter(title=title).exists():
            continue
        upload = SimpleUploadedFile(artwork.path, (folder / artwork.path).read_bytes())
        told = artwork.model_dump(include={"credit", "licence", "approved_by", "as_of"})
        form = DrawingForm({**told, "title": title, "description": title}, {"file": upload}, for_user=_designer())
        if not form.is_valid():
            raise ValueError(f"The demo's drawing {artwork.path} was refused: {form.errors.as_text()}")
        form.save()


def designs() -> Iterator[Infographic]:
    """Every story in every language as a design with a saved draft."""
    for entry in _TEXTS["campaigns"]:
        campaign = Campaign.objects.get(slug=entry["slug"])
        for story in entry["stories"]:
            for language in LANGUAGES:
                yield design(story, language, campaign)


def footage(folder: Path) -> None:
    """The filmed drawings, through the form that uploads go through."""
    if Media.objects.filter(title=film.TITLE).exists():
        return
    told = film.clip("en").footage
    path = film.film_footage(folder)
    upload = SimpleUploadedFile(path.name, path.read_bytes(), "video/mp4")
    fields = {
        "title": film.TITLE, "description": told.alt, "credit": told.credit, "licence": told.licence,
        "collection": Collection.get_first_root_node().pk, "tags": "",
    }  # fmt: skip
    form: Form = get_media_form(Media)(fields, {"file": upload}, instance=Media(type=MediaType.VIDEO))
    if not form.is_valid():
        raise ValueError(f"The demo's footage was refused: {form.errors.as_text()}")
    form.save()


def clips() -> Iterator[Clip]:
    """The clip in every language, as a design with a saved draft."""
    for language in film.languages():
        yield clip(language)


def clip(language: str) -> Clip:
    key, locale = _translation_key(film.FILE), Locale.objects.get(language_code=language)
    there = Clip.objects.filter(translation_key=key, locale=locale).first()
    if there:
        return there
    story = film.clip(language)
    campaign = Campaign.objects.get(slug=_TEXTS["clip"]["campaign"])
    link = Link.objects.get(title=_verb(_TEXTS["clip"]["link"]))
    made = Clip(
        title=story.title, campaign=campaign, message=campaign.messages.first(), locale=locale, translation_key=key,
        brand=Brand.objects.get(name=example.brand().name), footage=Media.objects.get(title=film.TITLE),
        alt_text=story.footage.alt, cues=story.captions.model_dump(mode="json"), card_verb=story.end_card.verb,
        card_link=link, card_seconds=story.end_card.seconds, post_text=f"{story.title}\n\n{link.address}",
        post_short=f"{story.title}\n{link.address}", live=False,
    )  # fmt: skip
    for aspect, framed in story.footage.by_aspect.items():
        x, y = (round(100 * share) for share in framed.focal)
        made.framings.add(Framing(aspect=aspect, fit=framed.fit.value, focal_x=x, focal_y=y))
    for third in story.lower_thirds:
        begins, ends = (round(1000 * second) for second in (third.start, third.end))
        made.lower_thirds.add(LowerThird(name=third.name, role=third.role, begins=begins, ends=ends))
    made.full_clean()
    made.save()
    made.save_revision(user=User.objects.get(username="editor"))
    return made


def _designer() -> User:
    return User.objects.get(username="designer")


def _brand() -> None:
    kit = example.brand()
    given = kit.colours.model_dump(exclude_none=True, exclude={"surface"})
    brand, made = Brand.objects.get_or_create(
        name=kit.name,
        defaults={**given, "mark": "\n".join(kit.mark.paths), "mark_side": kit.mark.view_box, "theme": kit.theme},
    )
    if made:
        for language, names in kit.names.items():
            digits = kit.digits.get(language, BrandName.Digits.LATIN)
            brand.names.add(BrandName(language=language, ministry=names.ministry, digits=digits))
        brand.full_clean()
        brand.save()


def _mission(entry: dict[str, Any]) -> None:
    fields = {name: entry[name] for name in ("city", "country", "time_zone", "languages")}
    mission, made = Mission.objects.get_or_create(name=entry["name"], defaults=fields)
    if made:
        for language, name in entry["names"].items():
            mission.names.add(MissionName(language=language, name=name, city=entry["cities"].get(language, "")))
        mission.full_clean()
        mission.save()
    Posting.objects.get_or_create(person=User.objects.get(username=entry["person"]), defaults={"mission": mission})


def _campaign(entry: dict[str, Any]) -> None:
    if Campaign.objects.filter(slug=entry["slug"]).exists():
        return
    campaign = Campaign(name=entry["name"], slug=entry["slug"], starts=entry["starts"])
    for language, (title, purpose) in entry["words"].items():
        campaign.words.add(CampaignWords(language=language, title=title, purpose=purpose))
    for language, words in entry["keywords"].items():
        for word in words:
            campaign.keywords.add(Keyword(language=language, word=word))
    _publish(campaign)
    for order, words in enumerate(entry["messages"]):
        message = CoreMessage(campaign=campaign, key=words["key"], order=order)
        for language in LANGUAGES:
            message.words.add(MessageWords(language=language, text=words[language]))
        _publish(message)


def _facts(story: str) -> None:
    told = {language: _figures(example.story(story, language)) for language in LANGUAGES}
    for index, (key, as_of) in enumerate(_TEXTS["facts"][story]):
        if Fact.objects.filter(key=key).exists():
            continue
        main = told["en"][index]
        fact = Fact(
            key=key, value=main.value, notation=main.notation, bound=main.bound, as_of=as_of, source=main.source,
            owner=User.objects.get(username="editor"),
        )  # fmt: skip
        for language in LANGUAGES:
            figure, date = told[language][index], example.story(story, language).date
            fact.words.add(
                FactWords(
                    language=language,
                    label=figure.label,
                    unit=figure.unit,
                    as_of=figure.as_of or date,
                    source=figure.source,
                )
            )
        _publish(fact)


def _publish(row: Any) -> None:
    row.live = False
    row.full_clean()
    row.save()
    row.save_revision(user=User.objects.get(username="editor")).publish(skip_permission_checks=True)


def _upload(path: Path, alt: str, credit: str, licence: str) -> None:
    upload = SimpleUploadedFile(path.name, path.read_bytes(), "image/jpeg")
    fields = {"title": of_name(path.name).title, "description": alt, "credit": credit, "licence": licence}
    root = Collection.get_first_root_node()
    form: Form = get_image_form(Image)({**fields, "collection": root.pk, "tags": ""}, {"file": upload})
    if not form.is_valid():
        raise ValueError(f"The demo's picture {path.name} was refused: {form.errors.as_text()}")
    form.save()


def design(name: str, language: str, campaign: Campaign) -> Infographic:
    key = _translation_key(name)
    locale = Locale.objects.get(language_code=language)
    there = Infographic.objects.filter(translation_key=key, locale=locale).first()
    if there:
        return there
    story = example.story(name, language)
    message = campaign.messages.first()
    design = Infographic(
        title=story.headline.short or story.headline.text, campaign=campaign, message=message,
        brand=Brand.objects.get(name=example.brand().name), theme=story.theme, date=story.date, source=story.source,
        qr=story.qr, locale=locale, translation_key=key, post_text=_post(story, name), post_short=_short(story, name),
        live=False,
    )  # fmt: skip
    if name in _TEXTS["placements"]:
        design.placements = _TEXTS["placements"][name]
    design.body = list(_body(story, name))
    design.full_clean()
    design.save()
    design.save_revision(user=User.objects.get(username="editor"))
    return design


def _translation_key(story: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://www.mfa.example/demo/{story}")


def _body(story: Story, name: str) -> Iterator[dict[str, Any]]:
    """The story's blocks as the editor's form keeps them: facts, images and links by reference."""
    facts = [Fact.objects.get(key=key).pk for key, _as_of in _TEXTS["facts"].get(name, [])]
    for block in story.model_dump(mode="json")["blocks"]:
        kind = block.pop("block")
        if kind == "key_figures":
            block = {"figures": [_item({"fact": fact}) for fact in facts]}
        elif kind == "photo":
            image = Image.objects.get(title=of_name(block["picture"]["path"]).title)
            block = {"picture": {"image": image.pk, "alt": block["picture"]["alt"]}}
        elif kind == "qr_call":
            block["link"] = Link.objects.get(title=_verb(name)).pk
        elif kind == "map":
            block["artwork"] = Drawing.objects.get(title=block["artwork"]["path"]).pk
            block["places"] = [_item(row) for row in block["places"]]
        elif kind == "bar_chart":
            block["rows"] = [_item(row) for row in block["rows"]]
        yield {"type": kind, "value": block}


def _item(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": str(uuid4())}


def _figures(story: Story) -> tuple[Any, ...]:
    return next(block.figures for block in story.blocks if block.block == "key_figures")


def _call(story: Story) -> Any:
    return next(block for block in story.blocks if block.block == "qr_call")


def _verb(name: str) -> str:
    return str(_call(example.story(name, "en")).verb)


def _post(story: Story, name: str) -> str:
    address = Link.objects.get(title=_verb(name)).address
    words = [story.headline.text, story.headline.standfirst]
    lead = " ".join(word if word.endswith((".", "؟")) else f"{word}." for word in words if word)
    return f"{lead}\n\n{_call(story).verb}: {address}"


def _short(story: Story, name: str) -> str:
    return f"{story.headline.text}\n{Link.objects.get(title=_verb(name)).address}"
