"""What a browser is given in footage's place: the same moments, small, found at once."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_tools.clips.proxy import CELL_HEIGHT, PEAKS, Proxy, make_proxy
from media_tools.errors import CannotOpen
from tests.media_tools.clips.conftest import ffmpeg

FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
RAMP = ("-f", "lavfi", "-i", "color=black:s=320x180:r=30:d=4,geq=lum='16+219*T/4':cb=128:cr=128")
"""Black at first and white at last, evenly over four seconds."""


@pytest.fixture
def made(tmp_path) -> Callable[[Path], Proxy]:
    def made(path: Path) -> Proxy:
        folder = tmp_path / "made"
        folder.mkdir()
        return make_proxy(path, folder, lambda _share: None)

    return made


def times(path: Path) -> list[float]:
    """Of its pictures, from the file's beginning."""
    with av.open(str(path)) as container:
        begin = (container.start_time or 0) / av.time_base
        return sorted(float(frame.time) - begin for frame in container.decode(video=0))


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("mp4", ("-vf", "setpts='PTS+0.011*random(1)/TB'", "-fps_mode", "passthrough", "-enc_time_base", "1:90000")),
        ("mkv", ("-vf", "select='not(mod(n,3))+gt(n,45)'", "-fps_mode", "vfr")),
        ("ts", ("-output_ts_offset", "1000")),
        ("mp4", ("-r", "25")),
    ],
    ids=["a phone's clock", "pictures left out", "late clock", "25 a second"],
)
def test_each_picture_comes_when_it_comes_in_the_footage(suffix, options, footage, made, tmp_path):
    path = tmp_path / f"source.{suffix}"
    ffmpeg("-i", footage, *options, *FAST, path)

    assert times(made(path).film) == pytest.approx(times(path), abs=0.001)


def test_it_is_small_and_each_moment_is_found_at_once(made, tmp_path):
    path = tmp_path / "large.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=1.2", "-f", "lavfi", "-i", "sine=d=1.2", *FAST, path)

    proxy = made(path)

    content = proxy.film.read_bytes()
    assert (proxy.width, proxy.height, proxy.seconds) == (960, 540, pytest.approx(1.2, abs=0.01))
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(proxy.film)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    alone = [number for number, packet in enumerate(packets) if packet.is_keyframe]
    assert max(np.diff([*alone, len(packets)])) <= 15
    assert [packet.pts for packet in packets] == sorted(packet.pts for packet in packets)
    with Image.open(proxy.poster) as poster:
        assert poster.size == (960, 540)


@pytest.mark.parametrize(("channels", "expected"), [(1, 1), (2, 2), (6, 2)])
def test_sound_stays_mono_or_becomes_stereo(channels, expected, footage, made, tmp_path):
    path = tmp_path / "sound.mkv"
    ffmpeg("-i", footage, "-c:v", "copy", "-c:a", "ac3", "-ac", str(channels), path)

    with av.open(str(made(path).film)) as container:
        (sound,) = container.streams.audio
        assert (sound.codec_context.name, sound.channels) == ("aac", expected)


def test_a_phone_on_its_side_comes_out_upright(footage, made, tmp_path):
    path = tmp_path / "phone.mp4"
    ffmpeg("-display_rotation:v:0", "90", "-i", footage, "-c", "copy", path)

    proxy = made(path)

    assert (proxy.width, proxy.height) == (540, 960)
    with Image.open(proxy.strip) as strip:
        assert (strip.width // proxy.cells, strip.height) == (50, CELL_HEIGHT)


def test_the_strip_shows_the_middle_of_each_stretch(made, tmp_path):
    path = tmp_path / "ramp.mp4"
    ffmpeg(*RAMP, *FAST, "-crf", "5", path)

    proxy = made(path)

    with Image.open(proxy.strip) as strip:
        cells = np.asarray(strip.convert("L"), float).reshape(strip.height, 10, -1).mean(axis=(0, 2))
    assert (proxy.cells, proxy.peaks) == (10, ())
    assert cells == pytest.approx(255 * (np.arange(10) + 0.5) / 10, abs=5)


@pytest.mark.parametrize("frames", [1, 3])
def test_of_few_pictures_the_strip_is_full_all_the_same(frames, made, tmp_path):
    path = tmp_path / "few.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=white:s=160x90:r=1", "-frames:v", str(frames), *FAST, path)

    with Image.open(made(path).strip) as strip:
        assert strip.size == (10 * 160, CELL_HEIGHT)
        assert np.asarray(strip.convert("L")).min() > 230


def test_the_waveform_shows_when_it_is_loud(footage, made, tmp_path):
    path = tmp_path / "late.mp4"
    ffmpeg("-i", footage, "-af", "volume='if(gte(t,1.5),4,0)':eval=frame", "-c:v", "copy", path)

    peaks = made(path).peaks

    assert len(peaks) == PEAKS
    assert max(peaks[: PEAKS // 2 - 10]) <= 1
    assert min(peaks[PEAKS // 2 + 10 : PEAKS - 10]) > 40


@pytest.mark.parametrize("name", ["speech.wav", "speech.mp3", "speech.flac"])
def test_of_sound_alone_there_is_a_small_track_and_a_waveform(name, footage, made, tmp_path):
    path = tmp_path / name
    ffmpeg("-i", footage, "-vn", path)

    proxy = made(path)

    assert (proxy.film.suffix, proxy.width, proxy.poster, proxy.strip) == (".m4a", 0, None, None)
    assert len(proxy.peaks) == PEAKS


def test_a_high_range_looks_as_in_the_film(made, tmp_path):
    path = tmp_path / "phone.mov"
    wide = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709,zscale=t=linear:npl=203,format=gbrpf32le"
    ffmpeg("-f", "lavfi", "-i", "color=0x808080:s=160x90:r=30:d=0.5", "-vf",
           f"{wide},zscale=p=bt2020:t=arib-std-b67:m=bt2020nc:r=tv:npl=203,format=yuv420p10le", "-c:v", "libx265",
           "-x265-params", "log-level=0:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc", path)  # fmt: skip

    with Image.open(made(path).poster) as poster:
        assert np.abs(np.asarray(poster, int) - 128).max() <= 8


def test_what_is_not_whole_has_none(footage, made, tmp_path):
    whole, path = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    ffmpeg("-i", footage, "-c", "copy", "-movflags", "+faststart", whole)
    content = whole.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    with pytest.raises(CannotOpen, match=r"of its 3\.0 seconds are there"):
        made(path)


def test_who_cancels_stops_it(footage, tmp_path):
    class Cancelled(Exception):
        pass

    def report(share: float) -> None:
        if share > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_proxy(footage, tmp_path, report)
