"""Clips beside bare x264 of the same outputs and beside moviepy. CPU seconds of this process and all its children.

The job: four placements, one of each aspect that clips have, from the first five seconds of a film of 1920 x 1080, with
a caption every 2.5 seconds, the mark, an end card, and sound measured, corrected and measured again. Ours is
`make_films` with all it does besides: files counted and hashed, posters, sidecars, findings. Every aspect is cropped
and none padded, for moviepy has no blurred ground.

Bare x264 encodes as many pictures as we do: where ours show the end card, its last picture stands still, which takes
it about as long as the card would (6.3 s beside 6.9, when this was written). The card is 3.5 of 8.5 seconds, two or
three times its share of a usual clip, which lies between `clips.four` and `clips.four.cardless`. Cards are made once
for a brand and kept: they are ready everywhere but in `clips.four.new_cards`, the very first run.

The footage is the example's, enlarged, and tagged BT.709 as cameras do; in `clips.four.cardless.untagged` it has no
tags, as many exports have none. It is drawn and moves slowly, which is to our disadvantage: the less an encoder has to
do, the more weighs all else.

`clips.mission` is a mission's own end card, never drawn before, joined to a finished clip of a minute for one
placement, beside that clip: the same footage again and again.

The sides take turns within a round. Runs of one thing differ by 1-3 % on a calm machine, and by a tenth or more on a
busy one: read what is run once with that in mind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from media_tools.clips.cards import card_frames
from media_tools.clips.film import FilmJob, make_films
from media_tools.clips.missions import Mission, own_film
from media_tools.clips.story import FPS, Clip
from media_tools.example import footage as example
from media_tools.example.campaign import brand
from media_tools.layout.text import Typesetter
from media_tools.platforms import Placement, choose
from media_tools.spec.brand import Brand, LockUp
from media_tools.spec.cues import Cue, CueList
from media_tools.studio import Studio
from tests.bench.measure import CACHE, Figure, largest_child, medians, say, spent
from tests.bench.peers import bare_x264, moviepy_clip
from tests.bench.peers.montage import Montage, montage_of
from tests.bench.watched import watched

PLACEMENTS = choose("instagram.reel,instagram.feed_portrait,instagram.feed_square,youtube.video", moving=True)
FOOTAGE, UNTAGGED = "pavilion-1920x1080.mp4", "pavilion-1920x1080-untagged.mp4"
MINUTE, LONG = "pavilion-minute.mp4", 56.0  # seconds before the end card
SECONDS = 5.0
CUE_EVERY, CUE_FROM, CUE_TO = 2500, 100, 2300  # ms
ROUNDS = 3

AIM = "<= 1.3"  # of bare x264
CAPTIONS_AIM = "<= 1.05"
MOVIEPY_AIM = ">= 3"
TOGETHER_AIM = "<= 1"  # engines/clips.md: one process beside one an output
MISSION_AIM = "<= 0.05"
MOST_MEMORY = 1.5  # GB of a batch of four 1080p outputs

IN_CAPTION, IN_GAP = 36, 73  # frames: in the middle of the first caption, and between it and the second
IN_ARRIVAL = 8  # frames into the card, while its words are coming in
_MOST_APART = 2.0  # mean difference of two thumbnails, of 255: the wrong matrix is 2.3, a missing caption 4.7


@dataclass(frozen=True)
class Contest:
    """One clip on all placements, made by us and by its peers; each works in a folder of its own under `out`."""

    clip: Clip
    kit: Brand
    out: Path
    cards: Path

    def changed(self, name: str, **update: object) -> "Contest":
        """The same contest with another clip."""
        return replace(self, clip=self.clip.model_copy(update=update), out=self.out.with_name(name))

    @cached_property
    def montage(self) -> Montage:
        return montage_of(self.clip, PLACEMENTS, self.kit, CACHE, self.out / "drawn", self.cards)

    def ours(self, name: str) -> float:
        return spent(partial(self._made, name, PLACEMENTS))

    def ours_one_by_one(self, name: str) -> float:
        return sum(spent(partial(self._made, name, (placement,))) for placement in PLACEMENTS)

    def bare(self, name: str) -> float:
        return spent(partial(bare_x264.encode, self.montage, self._folder(name)))

    def moviepy(self, name: str, compose: moviepy_clip.Compose) -> float:
        return spent(partial(moviepy_clip.write, self.montage, self._folder(name), compose))

    def shared_and_own(self, name: str) -> tuple[float, float]:
        """The seconds of one placement's film, and of what a mission's own end card costs after that."""
        mission = Mission(name="hanoi", names={"en": LockUp(ministry="Ministry", mission="Embassy in Hanoi")})
        job, typesetter, made = self._job(name, PLACEMENTS[:1]), Typesetter(Studio(CACHE)), []
        shared = spent(lambda: made.extend(make_films(job, lambda _share: None)))
        own = spent(lambda: made.append(own_film(job, made[0], mission, typesetter, lambda _share: None)))
        if any(film.refused for film in made):
            raise ValueError(f"{name}: {made[-1].findings[0].message}")
        return shared, own

    def compare(self, one: str, other: str, moments: Sequence[int]) -> None:
        """Refuse films that are not all as large and as long, or that show something else at `moments`, frames."""
        frames, apart, sizes = round(SECONDS * FPS) + card_frames(self.clip), 0.0, [0, 0]
        for placement in PLACEMENTS:
            both = [watched(self.path(name, placement), moments) for name in (one, other)]
            if both[0].kind != both[1].kind or both[0].frames != frames:
                raise ValueError(f"{placement.name}: {one} is {both[0].kind}, {other} {both[1].kind}.")
            apart = max(apart, both[0].apart(both[1], moments))
            sizes = [size + film.bytes for size, film in zip(sizes, both, strict=True)]
        if apart > _MOST_APART:
            raise ValueError(f"{one} and {other} look different, by {apart:.1f} of 255.")
        say(f"  Alike but for {apart:.1f} of 255: {one} {sizes[0] / 1e6:.2f} MB, {other} {sizes[1] / 1e6:.2f} MB.")

    def compare_bits(self, one: str, other: str) -> None:
        for placement in PLACEMENTS:
            if self.path(one, placement).read_bytes() != self.path(other, placement).read_bytes():
                raise ValueError(f"{placement.name}: {one} and {other} are not the same bits.")

    def _made(self, name: str, placements: tuple[Placement, ...]) -> None:
        for film in make_films(self._job(name, placements), lambda _share: None):
            if film.refused:
                raise ValueError(f"{film.placement}: {film.findings[0].message}")

    def _job(self, name: str, placements: tuple[Placement, ...]) -> FilmJob:
        return FilmJob(self.clip, self.kit, CACHE, placements, "film", self._folder(name), self.cards)

    def path(self, name: str, placement: Placement) -> Path:
        return next((self.out / name).glob(f"*{placement.name}.mp4"))

    def _folder(self, name: str) -> Path:
        folder = self.out / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def figures() -> Iterator[Figure]:
    film_footage()
    say(f"Peers: {bare_x264.version()}; {moviepy_clip.version()}")
    with TemporaryDirectory(prefix="attache-bench-") as temporary:
        contest = Contest(clip(), brand(), Path(temporary) / "whole", Path(temporary) / "cards")
        first = contest.ours("first")
        memory = largest_child()  # of that run: nothing larger was run before
        seconds = _rounds(contest)
        yield beside("clips.four", seconds["ours"], seconds["bare x264"], AIM)
        yield beside("clips.four.new_cards", first, seconds["bare x264"], AIM)
        yield beside("clips.captions", seconds["ours"], seconds["ours without captions"], CAPTIONS_AIM)
        yield beside("clips.memory", memory, MOST_MEMORY, "<= 1")
        yield from _cardless(contest)
        yield _together(contest, seconds["ours"])
        yield _mission(contest)
        yield from _beside_moviepy(contest, seconds["ours"])


def _rounds(contest: Contest) -> dict[str, float]:
    say(f"clips.four and clips.captions, {ROUNDS} rounds:")
    captionless = contest.changed("captionless", captions=CueList())
    sides = {
        "ours": partial(contest.ours, "ours"),
        "ours without captions": partial(captionless.ours, "ours"),
        "bare x264": partial(contest.bare, "bare"),
    }
    seconds = medians(ROUNDS, sides)
    contest.compare("ours", "bare", [IN_GAP])
    return seconds


def _cardless(contest: Contest) -> Iterator[Figure]:
    say("clips.four without cards, once:")
    cardless = contest.changed("cardless", end_card=None)
    footage = cardless.clip.footage.model_copy(update={"path": UNTAGGED})
    untagged = cardless.changed("untagged", footage=footage)
    sides = {
        "ours": partial(cardless.ours, "ours"),
        "ours untagged": partial(untagged.ours, "ours"),
        "bare x264": partial(cardless.bare, "bare"),
    }
    seconds = medians(1, sides)
    cardless.compare("ours", "bare", [IN_GAP])
    yield beside("clips.four.cardless", seconds["ours"], seconds["bare x264"], AIM)
    yield beside("clips.four.cardless.untagged", seconds["ours untagged"], seconds["bare x264"], AIM)


def _together(contest: Contest, ours: float) -> Figure:
    """One job of four beside four jobs of one; each of those measures the sound anew, and hashes the footage."""
    say("clips.together, once:")
    seconds = medians(1, {"one by one": partial(contest.ours_one_by_one, "one by one")})
    contest.compare_bits("ours", "one by one")
    return beside("clips.together", ours, seconds["one by one"], TOGETHER_AIM)


def _mission(contest: Contest) -> Figure:
    say("clips.mission, once:")
    footage = contest.clip.footage.model_copy(update={"path": MINUTE, "end": LONG})
    shared, own = contest.changed("minute", footage=footage).shared_and_own("ours")
    return beside("clips.mission", own, shared, MISSION_AIM)


def _beside_moviepy(contest: Contest, ours: float) -> Iterator[Figure]:
    body = round(SECONDS * FPS)
    card = [body + IN_ARRIVAL, body + card_frames(contest.clip) - 1]
    for name, compose in (("moviepy", moviepy_clip.FAST), ("moviepy.usual", moviepy_clip.USUAL)):
        say(f"clips.{name}, once:")
        seconds = medians(1, {name: partial(contest.moviepy, name, compose)})[name]
        contest.compare("ours", name, [IN_CAPTION, IN_GAP, *card])
        yield Figure(f"clips.{name}", ours, seconds, seconds / ours, MOVIEPY_AIM)


def beside(name: str, ours: float, peer: float, aim: str) -> Figure:
    return Figure(name, ours, peer, ours / peer, aim)


def clip() -> Clip:
    """The example in English on the larger footage, with its captions again and again."""
    told = example.clip("en")
    begins = range(0, round(1000 * SECONDS), CUE_EVERY)
    words = cycle(cue.text for cue in told.captions.cues)
    cues = tuple(Cue(start=at + CUE_FROM, end=at + CUE_TO, text=text) for at, text in zip(begins, words, strict=False))
    footage = told.footage.model_copy(update={"path": FOOTAGE, "end": SECONDS, "by_aspect": {}})
    return told.model_copy(update={"footage": footage, "captions": CueList(cues=cues), "lower_thirds": ()})


def film_footage() -> None:
    """The example's footage as large as cameras make it: with the tags that they give it, without, and for a minute."""
    if all((CACHE / name).exists() for name in (FOOTAGE, UNTAGGED, MINUTE)):
        return
    say(f"Filming {CACHE / FOOTAGE}, once.")
    CACHE.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="attache-bench-") as temporary:
        small = example.film_footage(Path(temporary))
        larger = ("-vf", "scale=1920:1080:flags=lanczos", "-preset", "medium", "-crf", 16, "-c:a", "copy")
        put(UNTAGGED, "-i", small, *larger)
    tags = "colour_primaries=1:transfer_characteristics=1:matrix_coefficients=1:video_full_range_flag=0"  # BT.709
    put(FOOTAGE, "-i", CACHE / UNTAGGED, "-c", "copy", "-bsf:v", f"h264_metadata={tags}")
    put(MINUTE, "-stream_loop", -1, "-i", CACHE / FOOTAGE, "-t", LONG + 1, "-c", "copy")


def put(name: str, *arguments: object) -> None:
    part = CACHE / f"part-{name}"
    bare_x264.ffmpeg(*arguments, part)
    part.replace(CACHE / name)
