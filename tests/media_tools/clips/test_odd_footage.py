"""What cameras, phones, studios and broken lines leave behind, each all the way through: opened, cut, filmed."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from media_tools.clips.film import Film
from media_tools.clips.source import cut
from media_tools.errors import CannotOpen, InvalidInput
from media_tools.open.moving_pictures import frame_at
from media_tools.open.video import probe_video
from tests.absent import absent
from tests.media_tools.clips.conftest import REAL, ffmpeg, story

RED, GREEN, BLUE, GREY = (255, 0, 0), (0, 128, 0), (0, 0, 255), (128, 128, 128)
CORNERS = (RED, GREEN, BLUE, GREY)
"""Of the test's picture, from the top left in reading order."""
FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M", "-c:a", "libopus")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M", "-c:a", "libopus")
INTERLACED = ("-vf", "tinterlace=interleave_top,fieldorder=tff", "-flags", "+ilme+ildct", *FAST)
BOTTOM_FIRST = ("-vf", "tinterlace=interleave_bottom,fieldorder=bff", "-flags", "+ilme+ildct", *FAST)


def quarters(folder: Path, size: tuple[int, int] = (320, 180), fps: int = 30, seconds: float = 1) -> Path:
    """Four colours that stand still, and a tone."""
    width, height = size
    path = folder / f"quarters {width}x{height} {fps} {seconds}.mkv"
    if not path.exists():
        colours = ("red", "green", "blue", "0x808080")
        inputs = [
            part for name in colours
            for part in ("-f", "lavfi", "-i", f"color={name}:s={width // 2}x{height // 2}:r={fps}:d={seconds}")
        ]  # fmt: skip
        grid = "[0][1][2][3]xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0,format=yuv420p"
        ffmpeg(*inputs, "-f", "lavfi", "-i", f"sine=f=330:r=48000:d={seconds}", "-filter_complex", grid, *FAST,
               "-c:a", "aac", path)  # fmt: skip
    return path


@pytest.fixture(scope="session")
def plain(tmp_path_factory) -> Path:
    return quarters(tmp_path_factory.mktemp("odd"))


@pytest.fixture
def through(films, tmp_path) -> Callable[..., Film]:
    """A file's way to the end: the whole of it, upright, as our own films are."""

    def through(path: Path, **footage: object) -> Film:
        (film,) = films(path, textless=True, footage=footage)
        return film

    return through


def corners(film: Film, second: float = 0.5) -> list[tuple[int, ...]]:
    """The colours in the middles of its quarters, in reading order."""
    pixels = frame_at(film.path, second)
    height, width, _colours = pixels.shape
    middles = [(y, x) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return [tuple(int(value) for value in pixels[place]) for place in middles]


def check_corners(film: Film, expected: tuple[tuple[int, ...], ...] = CORNERS, near: int = 24) -> None:
    for seen, colour in zip(corners(film), expected, strict=True):
        assert np.abs(np.subtract(seen, colour)).max() <= near, f"{corners(film)} where {expected} belong"


KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "variable rate": ("mkv", ("-vf", "select='not(mod(n,3))+gt(n,15)'", "-fps_mode", "vfr", *FAST)),
    "top field first": ("mkv", INTERLACED),
    "bottom field first": ("mkv", BOTTOM_FIRST),
    "prores": ("mov", ("-c:v", "prores_ks", "-profile:v", "3", "-pix_fmt", "yuv422p10le", "-c:a", "pcm_s16le")),
    "10 bit 4:2:2": ("mkv", ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv422p10le")),
    "opacity": ("mov", ("-c:v", "prores_ks", "-profile:v", "4", "-pix_fmt", "yuva444p10le")),
    "full range": ("mp4", ("-vf", "scale=out_range=pc", *FAST[:-1], "yuvj420p", "-color_range", "pc")),
    "screen recording": ("mkv", ("-c:v", "ffv1", "-pix_fmt", "bgr0")),
    "hevc": ("mp4", ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=0", "-tag:v", "hvc1")),
    "av1": ("mp4", ("-c:v", "libsvtav1", "-preset", "12", "-crf", "20", "-svtav1-params", "lp=1")),
    "vp9": ("webm", VP9),
    "streamed webm": ("webm", (*VP8, "-f", "webm", "-live", "1")),
    "fragments": ("mp4", ("-c", "copy", "-movflags", "frag_keyframe+empty_moov+default_base_moof")),
    "camera stick": ("avi", ("-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le")),
    "dvd": ("mpg", ("-c:v", "mpeg2video", "-q:v", "3", "-c:a", "mp2")),
    "broadcast": ("mxf", ("-c:v", "mpeg2video", "-q:v", "3", "-c:a", "pcm_s16le", "-ar", "48000")),
    "sixteen sounds": ("mov", ("-map", "0:v", *16 * ("-map", "0:a"), "-c:v", "copy", "-c:a", "pcm_s16le")),
    "late clock": ("ts", ("-c", "copy", "-output_ts_offset", "1000")),
    "early clock": ("mkv", ("-c", "copy", "-avoid_negative_ts", "disabled", "-output_ts_offset", "-0.5")),
    "time code": ("mov", ("-c", "copy", "-timecode", "01:00:00:00")),
    "mono": ("mp4", ("-c:v", "copy", "-ac", "1", "-ar", "22050")),
    "five.one": ("mkv", ("-c:v", "copy", "-ac", "6", "-c:a", "ac3")),
    "silent": ("mp4", ("-c:v", "copy", "-an")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_comes_through_in_its_colours_and_its_length(kind, plain, through, tmp_path):
    suffix, options = KINDS[kind]
    path = tmp_path / f"odd.{suffix}"
    ffmpeg("-i", plain, *options, path)

    film = through(path)

    assert (film.width, film.height) == (320, 180)
    assert film.seconds == pytest.approx(1.0, abs=0.05)
    check_corners(film)


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [(90, (GREEN, GREY, RED, BLUE)), (180, (GREY, BLUE, GREEN, RED)), (270, (BLUE, RED, GREY, GREEN))],
)
def test_a_turned_phone_comes_out_upright(degrees, expected, plain, through, tmp_path):
    path = tmp_path / "phone.mp4"
    ffmpeg("-display_rotation:v:0", str(degrees), "-i", plain, "-c", "copy", path)

    film = through(path)

    assert (film.width, film.height) == ((180, 320) if degrees != 180 else (320, 180))
    check_corners(film, expected)


@pytest.mark.parametrize(
    ("size", "options", "expected"),
    [
        ((320, 180), ("-vf", "scale=360:288,setsar=64/45"), (512, 288)),
        ((320, 180), ("-vf", "scale=320:180,setsar=8/9"), (284, 180)),
        ((320, 180), ("-vf", "scale=213:119,format=yuv444p", "-pix_fmt", "yuv444p"), (212, 118)),
        ((320, 180), ("-vf", "scale=853:479,format=yuv444p", "-pix_fmt", "yuv444p"), (852, 478)),
        ((3840, 2160), (), (1920, 1080)),
    ],
    ids=["wide px", "narrow px", "odd and small", "odd", "4K"],
)
def test_px_become_square_and_even(size, options, expected, through, tmp_path):
    path = tmp_path / "sized.mkv"
    ffmpeg("-i", quarters(tmp_path, size, seconds=0.2), *FAST, *options, path)

    film = through(path)

    assert (film.width, film.height) == expected
    check_corners(film, near=30)


@pytest.mark.parametrize(("fps", "seconds"), [(120, 1), (1, 3)])
def test_any_rate_becomes_ours(fps, seconds, through, tmp_path):
    film = through(quarters(tmp_path, fps=fps, seconds=seconds))

    assert film.seconds == pytest.approx(seconds, abs=0.05)
    check_corners(film)


@pytest.mark.parametrize(("transfer", "name"), [("pq", "smpte2084"), ("hlg", "arib-std-b67")])
def test_a_high_range_keeps_its_greys_and_its_colours_on_an_ordinary_screen(transfer, name, plain, through, tmp_path):
    path = tmp_path / "phone.mov"
    linear = (
        "setparams=color_primaries=bt709:color_trc=bt709:colorspace=smpte170m,zscale=t=linear:npl=203,format=gbrpf32le"
    )
    coded = f"zscale=p=bt2020:t={name}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    ffmpeg("-i", plain, "-vf", f"{linear},{coded}", "-c:v", "libx265", "-preset", "ultrafast",
           "-x265-params", f"log-level=0:crf=10:colorprim=bt2020:transfer={name}:colormatrix=bt2020nc",
           "-tag:v", "hvc1", path)  # fmt: skip

    film = through(path)

    assert probe_video(path).transfer == transfer
    assert np.abs(np.subtract(corners(film)[3], GREY)).max() <= 8
    check_corners(film, near=40)
    still = frame_at(path, 0.5)  # what a draft shows is what the film shows
    assert np.abs(still[135, 240].astype(int) - GREY).max() <= 8
    assert np.abs(still[45, 80].astype(int) - corners(film)[0]).max() <= 16


@pytest.mark.parametrize("options", [INTERLACED, BOTTOM_FIRST], ids=["top first", "bottom first"])
def test_fields_come_in_the_order_in_which_they_were_taken(options, through, tmp_path):
    """A bar that moves to the right never jumps back, as it would with fields in the wrong order."""
    path = tmp_path / "moving.mkv"
    bar = "color=black:s=320x180:r=60:d=1[g];color=white:s=24x180:r=60:d=1[b];[g][b]overlay=x='200*t':y=0"
    ffmpeg("-f", "lavfi", "-i", bar, *options, path)

    film = through(path)

    with av.open(str(film.path)) as container:
        rows = [frame.to_ndarray(format="gray")[90].astype(float) for frame in container.decode(video=0)]
    places = [float((row * np.arange(320)).sum() / row.sum()) for row in rows[1:-1]]
    assert np.diff(places).min() > -0.5
    assert places[-1] - places[0] > 150


def heard(path: Path) -> np.ndarray:
    """The sound as (samples,) of one channel at 48 kHz, from the file's beginning."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("flt", "mono", 48_000)
        parts = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        return np.concatenate([part.to_ndarray()[0] for part in parts])


@pytest.mark.parametrize(
    ("before", "suffix", "options"),
    [
        ((), "mp4", ("-c", "copy")),
        ((), "ts", ("-c", "copy", "-output_ts_offset", "1000")),
        (("-ss", "0.21"), "mp4", ("-c", "copy")),
        ((), "webm", VP8),
        ((), "mp4", ("-c", "copy", "-movflags", "frag_keyframe+empty_moov")),
    ],
    ids=["plain", "late clock", "edit list", "opus", "fragments"],
)
def test_picture_and_sound_stay_together(before, suffix, options, through, tmp_path):
    """A flash and a tone begin at one moment, and do so within 40 ms in the film."""
    flash, made = tmp_path / "flash.mp4", tmp_path / f"made.{suffix}"
    ffmpeg("-f", "lavfi", "-i", "color=black:s=160x90:r=30:d=2,drawbox=c=white:t=fill:enable='gte(t,1)'",
           "-f", "lavfi", "-i", "sine=f=1000:r=48000:d=2,volume='gte(t,1)':eval=frame", *FAST, "-c:a", "aac",
           flash)  # fmt: skip
    ffmpeg(*before, "-i", flash, *options, made)

    film = through(made)

    with av.open(str(film.path)) as container:
        seen = next(frame.time for frame in container.decode(video=0) if frame.to_ndarray(format="gray").mean() > 128)
    sound = np.abs(heard(film.path))
    assert np.argmax(sound > 0.3 * sound.max()) / 48_000 == pytest.approx(seen, abs=0.04)


def test_the_first_of_two_sounds_is_heard(plain, through, tmp_path):
    path = tmp_path / "two.mp4"
    ffmpeg("-i", plain, "-f", "lavfi", "-i", "anullsrc=d=1", "-map", "0:v", "-map", "0:a", "-map", "1:a",
           "-c:v", "copy", "-c:a", "aac", path)  # fmt: skip

    assert np.abs(heard(through(path).path)).max() > 0.1


def test_the_middle_of_a_hall_is_heard(plain, through, tmp_path):
    """In 5.1 whoever speaks is in the centre alone."""
    path = tmp_path / "hall.mkv"
    ffmpeg("-i", plain, "-af", "pan=5.1|FC=c0", "-c:v", "copy", "-c:a", "ac3", path)

    assert np.abs(heard(through(path).path)).max() > 0.1


@pytest.mark.parametrize("longer", ["sound", "picture"])
def test_the_shorter_of_picture_and_sound_is_no_fault(longer, plain, through, tmp_path):
    path = tmp_path / "uneven.mkv"  # which has one length for both
    long, short = quarters(tmp_path, seconds=3), plain
    first, second = (short, long) if longer == "sound" else (long, short)
    ffmpeg("-i", first, "-i", second, "-map", "0:v", "-map", "1:a", "-c", "copy", path)

    assert through(path).seconds == pytest.approx(1 if longer == "sound" else 3, abs=0.05)


def test_a_picture_that_comes_late_is_no_fault(plain, through, tmp_path):
    path = tmp_path / "late.mkv"
    ffmpeg("-itsoffset", "0.5", "-i", plain, "-i", plain, "-map", "0:v", "-map", "1:a", "-c", "copy", path)

    assert through(path).seconds == pytest.approx(1.5, abs=0.05)


def test_what_an_edit_list_leaves_out_is_not_counted(plain, through, tmp_path):
    path = tmp_path / "edited.mp4"
    ffmpeg("-ss", "0.3", "-i", plain, "-c", "copy", path)  # no picture but the first stands by itself

    assert through(path).seconds == pytest.approx(0.7, abs=0.05)


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_subtitles_inside_a_file_stand_in_nobodys_way(suffix, plain, through, tmp_path):
    words, path = tmp_path / "words.srt", tmp_path / f"titled.{suffix}"
    words.write_text("1\n00:00:00,100 --> 00:00:00,900\nOne day\n", encoding="utf-8")
    kind = "mov_text" if suffix == "mp4" else "srt"
    ffmpeg("-i", plain, "-i", words, "-map", "0", "-map", "1", "-c", "copy", "-c:s", kind, path)

    check_corners(through(path))


@pytest.fixture
def cover(tmp_path) -> Path:
    path = tmp_path / "cover.png"
    ffmpeg("-f", "lavfi", "-i", "color=yellow:s=400x400", "-frames:v", "1", path)
    return path


@pytest.mark.parametrize("suffix", ["m4a", "mp3", "flac", "wav"])
def test_sound_alone_is_no_footage_whatever_is_on_its_cover(suffix, cover, plain, tmp_path):
    path = tmp_path / f"anthem.{suffix}"
    art = (
        ()
        if suffix == "wav"
        else ("-i", cover, "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v:0", "attached_pic")
    )
    ffmpeg("-i", plain, *art, "-vn" if suffix == "wav" else "-sn", path)

    assert not probe_video(path).has_picture
    with pytest.raises(InvalidInput, match="sound alone"):
        cut(story(path).footage, path)


def test_a_cover_is_not_taken_for_the_film(cover, plain, through, tmp_path):
    path = tmp_path / "covered.mkv"
    ffmpeg("-i", plain, "-attach", cover, "-metadata:s:t", "mimetype=image/png", "-c", "copy", path)

    check_corners(through(path))


@pytest.mark.parametrize("name", ["bigbuckbunny", "bikes", "cockatoo", "press_event"])
def test_real_footage_comes_through(name, through):
    path = REAL / f"{name}.mp4"
    if not path.exists():
        absent("The real footage lies beside the checkout, in shared/data/real.")

    film = through(path, start=1, end=2)

    assert film.seconds == 1


def test_what_really_holds_too_many_pictures_is_refused_whatever_its_header_says(plain, tmp_path):
    path = tmp_path / "slow motion.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x36:r=240:d=0.5", *FAST, path)

    with pytest.raises(CannotOpen, match=r"240 pictures a second.*Export it at 60"):
        probe_video(path)
