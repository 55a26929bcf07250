"""Every input is made here: good pictures, cut ones, bombs, lies about type, and 200 with random bytes changed."""

import os
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin, features

import media_tools
from media_tools.errors import CannotOpen
from media_tools.open.image import ImageFacts, open_image, probe_image

FORMATS = ("jpeg", "png", "webp", "gif", "tiff", "avif", "bmp")
WITH_EXIF = ("jpeg", "png", "webp", "tiff", "avif", "mpo")
ORIENTATION, GPS = 0x0112, 0x8825
SECRET = b"taken by Jane Roe"


def scene(width: int = 96, height: int = 64) -> Image.Image:
    """Soft colours with a corner of each kind: red, green, blue, white."""
    picture = Image.new("RGB", (width, height), (90, 110, 130))
    half = (width // 2, height // 2)
    for at, colour in (((0, 0), "red"), ((half[0], 0), "lime"), ((0, half[1]), "blue"), (half, "white")):
        picture.paste(colour, (*at, at[0] + half[0], at[1] + half[1]))
    return picture


def grain(width: int = 80, height: int = 64) -> Image.Image:
    values = np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    if kind == "mpo":
        options = {"save_all": True, "append_images": [picture.copy()], **options}
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def written(tmp_path: Path, content: bytes, name: str = "picture.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def opened(path: Path, at_least: tuple[int, int] | None = None) -> Image.Image | CannotOpen:
    try:
        return open_image(path, at_least)
    except CannotOpen as error:
        return error


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *extra: bytes, depth: int = 8, colours: int = 2, rows: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(rows or bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + pixels + chunk(b"IEND", b"")


def corners(picture: Image.Image) -> str:
    """The nearest of red, green, blue and white at top left, top right, bottom left, bottom right."""
    width, height = picture.size
    names = {"R": (255, 0, 0), "G": (0, 255, 0), "B": (0, 0, 255), "W": (255, 255, 255)}
    seen = [picture.getpixel((x, y))[:3] for y in (4, height - 5) for x in (4, width - 5)]
    return "".join(min(names, key=lambda name: np.abs(np.subtract(names[name], pixel)).sum()) for pixel in seen)


# Good pictures


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_opens_by_content_whatever_its_extension(kind: str, tmp_path: Path) -> None:
    path = written(tmp_path, encoded(scene(), kind), "picture.dat")

    picture = open_image(path)

    assert (picture.mode, picture.size, corners(picture)) == ("RGB", (96, 64), "RGBW")
    assert picture.info == {}


@pytest.mark.parametrize("kind", FORMATS)
def test_header_tells_the_facts(kind: str, tmp_path: Path) -> None:
    content = encoded(scene(), kind)

    facts = probe_image(written(tmp_path, content))

    assert facts == ImageFacts(kind, 96, 64, "P" if kind == "gif" else "RGB", 1, len(content))


@pytest.mark.parametrize("kind", ["gif", "png", "webp", "avif", "tiff"])
def test_frames_are_counted_and_the_first_is_opened(kind: str, tmp_path: Path) -> None:
    others = [Image.new("RGB", (96, 64), colour) for colour in ("black", "yellow")]
    path = written(tmp_path, encoded(scene(), kind, save_all=True, append_images=others))

    facts, picture = probe_image(path), open_image(path)

    assert facts.frames == 3
    assert corners(picture) == "RGBW"


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_deflate", "jpeg", "packbits"])
def test_compressed_tiff_is_upright_once(compression: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = written(tmp_path, encoded(scene(), "tiff", compression=compression, exif=exif))

    facts, picture = probe_image(path), open_image(path)

    assert (facts.width, facts.height) == picture.size == (64, 96)
    assert corners(picture) == "BRWG"


@pytest.mark.parametrize("kind", WITH_EXIF)
@pytest.mark.parametrize(
    ("orientation", "upright"), [*enumerate(["RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"], start=1)]
)
def test_orientation_is_applied_once(kind: str, orientation: int, upright: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = written(tmp_path, encoded(scene(), kind, exif=exif))

    facts, picture = probe_image(path), open_image(path)

    assert corners(picture) == upright
    assert (facts.width, facts.height) == picture.size == ((96, 64) if orientation < 5 else (64, 96))
    assert picture.getexif().get(ORIENTATION) is None


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_exif_turns_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(scene(), "jpeg", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f" + b"\xee" * 40))

    picture = open_image(path)

    assert corners(picture) == "RGBW"


# Only as large as needed


@pytest.mark.parametrize(
    ("at_least", "size"),
    [
        (None, (1600, 1200)),
        ((1600, 1200), (1600, 1200)),
        ((801, 100), (1600, 1200)),
        ((800, 600), (800, 600)),
        ((300, 300), (400, 300)),
        ((1, 1), (200, 150)),
        ((0, 0), (200, 150)),
        ((9000, 9000), (1600, 1200)),
    ],
)
def test_jpeg_is_decoded_as_small_as_allowed(
    at_least: tuple[int, int] | None, size: tuple[int, int], tmp_path: Path
) -> None:
    path = written(tmp_path, encoded(scene(1600, 1200), "jpeg"))

    picture = open_image(path, at_least)

    assert picture.size == size
    assert corners(picture) == "RGBW"


@pytest.mark.parametrize("kind", ["jpeg", "mpo"])
def test_size_asked_for_is_upright(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = written(tmp_path, encoded(scene(1600, 800), kind, exif=exif))

    picture = open_image(path, (400, 500))

    assert picture.size == (400, 800)


# Files that are no pictures


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "web page"),
        (b"\xef\xbb\xbf \n<svg xmlns='http://www.w3.org/2000/svg'></svg>", "SVG"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(64), "video"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64), "HEIC"),
        (b"%PDF-1.7\n" + bytes(64), "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" + bytes(64), "PostScript"),
        (b"8BPS\0\1" + bytes(64), "Photoshop"),
        (b"PK\3\4" + bytes(64), "office"),
        (b"BMW presents its figures for the year.", "not a picture"),
        (bytes(100), "not a picture"),
    ],
)
def test_other_content_named_jpg_is_refused_with_what_to_do(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = written(tmp_path, content)

    with pytest.raises(CannotOpen) as caught:
        open_image(path)

    assert sentence in caught.value.why
    assert "as JPEG or PNG" in caught.value.remedy


@pytest.mark.filterwarnings("ignore:IM image format")
def test_no_other_format_of_pillow_opens(tmp_path: Path) -> None:
    Image.init()
    ours = {*(kind.upper() for kind in FORMATS), "MPO"}
    outcomes = {}

    for kind in sorted(Image.SAVE.keys() & Image.OPEN.keys() - ours):
        for mode in ("RGB", "L", "1", "RGBA", "F"):
            with suppress(OSError, ValueError, KeyError):  # not every format holds every mode
                outcomes[kind, mode] = opened(written(tmp_path, encoded(Image.new(mode, (64, 64)), kind)))

    assert len(outcomes) > 20
    assert all(isinstance(outcome, CannotOpen) for outcome in outcomes.values())


def test_postscript_starts_no_reader(tmp_path: Path) -> None:
    path = written(tmp_path, b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n", "drawing.eps")
    program = (
        "import sys, pathlib\n"
        "from media_tools.open.image import CannotOpen, open_image\n"
        "try: open_image(pathlib.Path(sys.argv[1]))\n"
        "except CannotOpen: print(sorted(name for name in sys.modules if name == 'PIL.EpsImagePlugin'))"
    )
    root = Path(media_tools.__path__[0]).parent

    said = subprocess.run([sys.executable, "-c", program, path], cwd=root, capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"


@pytest.mark.parametrize("opening", [open_image, probe_image])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"\x89", "ends after 1 of its bytes"), (b"\xff\xd8\xff", "incomplete")],
)
def test_hardly_any_bytes_are_called_so(
    opening: Callable[[Path], object], content: bytes, sentence: str, tmp_path: Path
) -> None:
    path = written(tmp_path, content)

    with pytest.raises(CannotOpen, match=sentence):
        opening(path)


def test_missing_file_folder_and_pipe_have_their_own_sentences(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    sentences = []

    for path in (tmp_path / "gone.jpg", written(tmp_path, b"x") / "below.jpg", tmp_path, tmp_path / "pipe"):
        with pytest.raises(CannotOpen) as caught:
            open_image(path)
        sentences.append(caught.value.why)

    assert sentences == [
        "the file is not there.",
        "the file is not there.",
        "this is a folder, not a picture.",
        "this is not an ordinary file.",
    ]


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Containers run tests as root, who may read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_locked_file_has_its_own_sentence(tmp_path: Path, ordinary_user: None) -> None:
    path = tmp_path / "locked.png"
    before = os.geteuid()
    os.seteuid(os.getuid())
    path.write_bytes(encoded(scene(), "png"))
    path.chmod(0)
    os.seteuid(before)

    with pytest.raises(CannotOpen, match="locked against reading"):
        open_image(path)


def test_names_the_system_cannot_hold_are_refused() -> None:
    for name in ("a" * 300 + ".jpg", "nul\0byte.jpg"):
        with pytest.raises(CannotOpen):
            open_image(Path(name))


# Cut and damaged files


CUTTABLE = {
    "jpeg": ("jpeg", {}),
    "progressive jpeg": ("jpeg", {"progressive": True}),
    "mpo": ("mpo", {}),
    "png": ("png", {}),
    "apng": ("png", {"save_all": True, "append_images": [grain().rotate(180)]}),
    "webp": ("webp", {}),
    "lossless webp": ("webp", {"lossless": True}),
    "animated webp": ("webp", {"save_all": True, "append_images": [grain().rotate(180)]}),
    "gif": ("gif", {}),
    "animated gif": ("gif", {"save_all": True, "append_images": [grain().rotate(180)]}),
    "tiff": ("tiff", {}),
    "lzw tiff": ("tiff", {"compression": "tiff_lzw"}),
    "jpeg tiff": ("tiff", {"compression": "jpeg"}),
    "avif": ("avif", {}),
    "animated avif": ("avif", {"save_all": True, "append_images": [grain().rotate(180)]}),
    "bmp": ("bmp", {}),
}


@pytest.mark.parametrize("case", CUTTABLE)
def test_cut_file_is_incomplete_or_whole_but_never_half_grey(case: str, tmp_path: Path) -> None:
    kind, options = CUTTABLE[case]
    content = encoded(grain(), kind, **options)
    whole = open_image(written(tmp_path, content)).tobytes()
    lengths = {len(content) * percent // 100 for percent in (1, 10, 25, 50, 75, 90, 99)}

    for length in lengths | {len(content) - 1, len(content) - 5, len(content) - 13}:
        path = written(tmp_path, content[:length])
        outcome = opened(path)
        if isinstance(outcome, CannotOpen):
            assert "incomplete" in outcome.why
        else:
            assert case == "mpo" or length >= len(content) - 5, "only an ending may be missing"
            assert outcome.tobytes() == whole


def test_png_without_its_last_chunk_is_incomplete(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(scene(), "png")[:-12])

    with pytest.raises(CannotOpen, match="incomplete"):
        open_image(path)


def test_jpeg_whose_tail_is_zeros_is_incomplete(tmp_path: Path) -> None:
    content = encoded(grain(), "jpeg")
    half = len(content) // 2
    path = written(tmp_path, content[:half] + bytes(len(content) - half))

    with pytest.raises(CannotOpen, match="incomplete"):
        open_image(path)


def test_bytes_after_the_end_do_no_harm(tmp_path: Path) -> None:
    for kind in ("jpeg", "png", "webp", "tiff", "bmp"):
        path = written(tmp_path, encoded(scene(), kind) + b"junk" * 5)

        assert corners(open_image(path)) == "RGBW"


def test_random_damage_is_refused_or_yields_a_picture(tmp_path: Path) -> None:
    chance = np.random.default_rng(20)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    rich = {"exif": exif, "icc_profile": profile}
    good = [encoded(scene(), kind, **(rich if kind in WITH_EXIF else {})) for kind in (*FORMATS, "mpo")]
    outcomes = set()

    for turn in range(200):
        content = bytearray(good[turn % len(good)])
        reach = min(len(content), (64, 10**6)[turn % 2])
        for at in chance.integers(0, reach, (1, 3, 20)[turn % 3]):
            content[at] = chance.integers(256)
        outcome = opened(written(tmp_path, bytes(content)), (20, 20))
        outcomes.add("refused" if isinstance(outcome, CannotOpen) else outcome.mode)

    assert {"RGB", "refused"} <= outcomes <= {"RGB", "RGBA", "refused"}


# Bombs


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Fail where the peak grows by 100 MiB, and where limits or filters of the whole program change."""
    pixels, peak = Image.MAX_IMAGE_PIXELS, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 100 * 1024
    assert pixels == Image.MAX_IMAGE_PIXELS


@pytest.mark.parametrize("opening", [open_image, probe_image])
@pytest.mark.parametrize("side", [10_001, 12_000, 17_000, 2**31 - 1])
def test_pixel_bomb_is_refused_from_its_header(
    opening: Callable[[Path], object], side: int, tmp_path: Path, little_memory: None
) -> None:
    path = written(tmp_path, png(side, side), "bomb.png")

    with pytest.raises(CannotOpen, match="100 megapixels"):
        opening(path)


def test_picture_between_the_limits_of_pillow_and_ours_opens_without_warning(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    rows = bytes(1 + 9600 // 8) * 9600
    large = written(tmp_path, png(9600, 9600, depth=1, colours=0, rows=rows))

    facts = probe_image(large)

    assert (facts.width, facts.height) == (9600, 9600)
    assert not recwarn.list


@pytest.mark.parametrize("side", [12_000, 16_000, 17_000, 60_000])
def test_avif_bomb_is_refused_from_its_header(side: int, tmp_path: Path, little_memory: None) -> None:
    content = encoded(scene(), "avif")
    at = content.index(b"ispe") + 8
    path = written(tmp_path, content[:at] + struct.pack(">II", side, side) + content[at + 8 :])

    with pytest.raises(CannotOpen):
        open_image(path)


@pytest.mark.parametrize("side", [10_500, 13_000, 16_383])
def test_webp_canvas_bomb_is_refused_from_its_header(side: int, tmp_path: Path, little_memory: None) -> None:
    content = encoded(scene(), "webp", save_all=True, append_images=[grain(96, 64)])
    path = written(tmp_path, content[:24] + 2 * (side - 1).to_bytes(3, "little") + content[30:])

    with pytest.raises(CannotOpen, match="megapixels"):
        open_image(path)


def gif(frames: int, width: int, height: int) -> bytes:
    header = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\2\2\x44\1\0"
    return header + frame * frames + b";"


@pytest.mark.parametrize(("frames", "side"), [(2000, 500), (10, 7000), (10_001, 1)])
def test_animation_bomb_is_refused(frames: int, side: int, tmp_path: Path, little_memory: None) -> None:
    path = written(tmp_path, gif(frames, side, side), "moving.gif")

    with pytest.raises(CannotOpen, match=f"all {frames} of {side} x {side} px"):
        open_image(path)


def test_long_small_animation_opens(tmp_path: Path) -> None:
    path = written(tmp_path, gif(2000, 400, 400), "moving.gif")

    facts, picture = probe_image(path), open_image(path)

    assert facts.frames == 2000
    assert picture.size == (400, 400)


def test_gif_frame_larger_than_its_screen_is_refused(tmp_path: Path, little_memory: None) -> None:
    content = gif(1, 1, 1).replace(struct.pack("<HHHH", 0, 0, 1, 1), struct.pack("<HHHH", 0, 0, 60_000, 60_000))
    path = written(tmp_path, content)

    with pytest.raises(CannotOpen, match="megapixels"):
        open_image(path)


def test_tiff_of_endless_pages_is_refused(tmp_path: Path, little_memory: None) -> None:
    tags = [(256, 4, 1), (257, 4, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 0), (277, 3, 1), (278, 4, 1)]
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in [*tags, (279, 4, 1)])
    size = 2 + len(body) + 4
    pages = (struct.pack("<H", 9) + body + struct.pack("<I", 8 + (page + 1) * size) for page in range(10_100))
    path = written(tmp_path, b"II*\0\x08\0\0\0" + b"".join(pages))

    with pytest.raises(CannotOpen, match="pages"):
        probe_image(path)


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("name", [b"zTXt", b"iTXt", b"iCCP"])
def test_text_bomb_is_refused(name: bytes, place: str, tmp_path: Path, little_memory: None) -> None:
    squeezed = zlib.compress(bytes(30_000_000))
    head = b"Comment\0\1\0\0\0" if name == b"iTXt" else b"Comment\0\0"
    content = png(8, 8, chunk(name, head + squeezed), rows=bytes(25) * 8)
    if place == "after" and name != b"iCCP":
        content = png(8, 8, rows=bytes(25) * 8)[:-12] + chunk(name, head + squeezed) + chunk(b"IEND", b"")
    path = written(tmp_path, content)

    with pytest.raises(CannotOpen):
        open_image(path)


def test_file_of_too_many_bytes_is_refused_unread(tmp_path: Path, little_memory: None) -> None:
    path = written(tmp_path, encoded(scene(), "png"))
    os.truncate(path, 250_000_000)

    with pytest.raises(CannotOpen, match="has 250 MB, and we open up to 200 MB"):
        open_image(path)


# Colours and depth


def swapped_profile() -> bytes:
    """sRGB with its red and blue exchanged, so that only a converted picture looks right."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"?XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"?XYZ", b"bXYZ", 1)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "avif"])
def test_embedded_profile_is_applied(kind: str, tmp_path: Path) -> None:
    path = written(tmp_path, encoded(scene(), kind, icc_profile=swapped_profile()))

    picture = open_image(path)

    assert corners(picture) == "BGRW"
    assert picture.info == {}


def test_profile_is_applied_beside_transparency(tmp_path: Path) -> None:
    clear = scene()
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    path = written(tmp_path, encoded(clear, "png", icc_profile=swapped_profile()))

    picture = open_image(path)

    assert (picture.mode, corners(picture)) == ("RGBA", "BGRW")
    assert picture.getchannel("A").tobytes() == clear.getchannel("A").tobytes()


@pytest.mark.parametrize("kind", ["jpeg", "webp", "tiff", "avif"])
@pytest.mark.parametrize("fault", ["noise", "cut", "huge", "mismatched", "empty"])
def test_unusable_profile_is_ignored(kind: str, fault: str, tmp_path: Path) -> None:
    profile = {
        "noise": np.random.default_rng(1).bytes(3000),
        "cut": swapped_profile()[:200],
        "huge": swapped_profile() + bytes(5 * 1024 * 1024),
        "mismatched": ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
        "empty": b"",
    }[fault]
    path = written(tmp_path, encoded(scene(), kind, icc_profile=profile))

    picture = open_image(path)

    assert corners(picture) == "RGBW"


@pytest.mark.parametrize("kind", ["jpeg", "tiff"])
def test_cmyk_comes_out_in_its_colours(kind: str, tmp_path: Path) -> None:
    path = written(tmp_path, encoded(scene().convert("CMYK"), kind, **({"quality": 100} if kind == "jpeg" else {})))

    picture = open_image(path)

    assert picture.mode == "RGB"
    difference = np.abs(np.asarray(picture, int) - np.asarray(scene(), int))[8:24, 8:40]
    assert difference.max() <= 3


def test_ycck_jpeg_comes_out_in_its_colours(tmp_path: Path) -> None:
    inks = scene().convert("CMYK").split()
    luma = [band.point(lambda value: 255 - value) for band in Image.merge("RGB", inks[:3]).convert("YCbCr").split()]
    content = bytearray(encoded(Image.merge("CMYK", [*luma, inks[3]]), "jpeg", quality=100))
    content[content.index(b"Adobe\0") + 11] = 2  # the marker's transform: YCCK
    path = written(tmp_path, bytes(content))

    picture = open_image(path)

    assert np.abs(np.asarray(picture, int) - np.asarray(scene(), int))[8:24, 8:40].max() <= 3


def test_cmyk_ignores_a_profile_for_other_colours(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(scene().convert("CMYK"), "jpeg", icc_profile=swapped_profile()))

    picture = open_image(path)

    assert corners(picture) == "RGBW"


def colour_png(ramp: np.ndarray) -> bytes:
    row = b"\0" + np.repeat(ramp[0].astype(">u2"), 3).tobytes()
    return png(ramp.shape[1], 1, depth=16, rows=row)


RAMPS = {
    "grey png": lambda ramp: encoded(Image.fromarray(ramp), "png"),
    "grey tiff": lambda ramp: encoded(Image.fromarray(ramp), "tiff"),
    "grey lzw tiff": lambda ramp: encoded(Image.fromarray(ramp), "tiff", compression="tiff_lzw"),
    "big-endian tiff": lambda ramp: encoded(Image.fromarray(ramp.astype(">u2")), "tiff"),
    "32-bit tiff": lambda ramp: encoded(Image.fromarray(ramp.astype(np.int32) * 32768), "tiff"),
    "16 in 32-bit tiff": lambda ramp: encoded(Image.fromarray(ramp.astype(np.int32)), "tiff"),
    "float tiff": lambda ramp: encoded(Image.fromarray((ramp / 65535).astype(np.float32)), "tiff"),
    "float tiff to 65535": lambda ramp: encoded(Image.fromarray(ramp.astype(np.float32)), "tiff"),
    "colour png": colour_png,
}


@pytest.mark.parametrize("case", RAMPS)
def test_deep_ramp_stays_even(case: str, tmp_path: Path) -> None:
    ramp = (np.arange(1021, dtype=np.uint32) * 257 // 4).astype(np.uint16).reshape(1, -1)
    path = written(tmp_path, RAMPS[case](ramp))

    levels = np.asarray(open_image(path))[0, :, 0].astype(int)

    assert (levels[0], levels[-1]) == (0, 255)
    assert (np.diff(levels) >= 0).all()
    assert np.abs(levels - np.arange(1021) / 4).max() <= 1


def test_numbers_that_are_none_become_black(tmp_path: Path) -> None:
    values = np.array([[np.nan, np.inf, -np.inf, 0.5, 1.0]], np.float32)
    path = written(tmp_path, encoded(Image.fromarray(values), "tiff"))

    levels = np.asarray(open_image(path))[0, :, 0].tolist()

    assert levels == [0, 0, 0, 128, 255]


def half_clear(mode: str) -> bytes:
    """A red, green, blue and white picture whose right half is transparent, in `mode` of PNG."""
    mask = Image.new("L", (96, 64), 255)
    mask.paste(0, (48, 0, 96, 64))
    clear = scene()
    clear.putalpha(mask)
    if mode == "RGB key":
        keyed = scene()
        keyed.paste((1, 2, 3), (48, 0, 96, 64))
        return encoded(keyed, "png", transparency=(1, 2, 3))
    if mode == "P":
        palette = scene().quantize(4)
        right = {palette.getpixel((90, 5)), palette.getpixel((90, 60))}
        return encoded(palette, "png", transparency=bytes(0 if index in right else 255 for index in range(4)))
    return encoded(clear.convert(mode), "png")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB key"])
def test_transparency_survives(mode: str, tmp_path: Path) -> None:
    path = written(tmp_path, half_clear(mode))

    picture = open_image(path)

    assert picture.mode == "RGBA"
    assert (picture.getpixel((5, 5))[3], picture.getpixel((90, 5))[3]) == (255, 0)


def test_transparent_gif_keeps_its_hole(tmp_path: Path) -> None:
    palette = scene().quantize(4)
    path = written(tmp_path, encoded(palette, "gif", transparency=palette.getpixel((5, 5))))

    picture = open_image(path)

    assert (picture.getpixel((5, 5))[3], picture.getpixel((90, 5))) == (0, (0, 255, 0, 255))


@pytest.mark.parametrize("kind", ["png", "tiff", "bmp"])
def test_black_and_white_becomes_rgb(kind: str, tmp_path: Path) -> None:
    bits = Image.new("1", (9, 5))
    bits.putpixel((3, 2), 1)
    path = written(tmp_path, encoded(bits, kind))

    picture = open_image(path)

    assert [picture.getpixel(at) for at in ((3, 2), (4, 2))] == [(255, 255, 255), (0, 0, 0)]


# Metadata


def private_options(kind: str) -> dict[str, object]:
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (47.0, 22.0, 36.0), 29: SECRET.decode()})
    options: dict[str, object] = {"exif": exif}
    if kind == "png":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", SECRET.decode(), zip=False)
    if kind in ("jpeg", "webp", "avif"):
        options["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    if kind == "jpeg":
        options["comment"] = SECRET
    return options


@pytest.mark.parametrize("kind", WITH_EXIF)
def test_place_and_author_do_not_survive(kind: str, tmp_path: Path) -> None:
    content = encoded(scene(), kind, **private_options(kind))
    assert SECRET in content

    picture = open_image(written(tmp_path, content))

    assert picture.info == {}
    assert not picture.getexif()
    for again in FORMATS:
        assert SECRET not in encoded(picture, again)


def test_result_is_free_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, encoded(scene(), "bmp"))

    picture = open_image(path)
    path.unlink()

    assert type(picture) is Image.Image
    assert picture.transpose(Image.Transpose.ROTATE_90).size == (64, 96)


def test_pillow_here_has_every_reader() -> None:
    assert all(features.check(name) for name in ("jpg", "zlib", "webp", "avif", "libtiff", "littlecms2"))
