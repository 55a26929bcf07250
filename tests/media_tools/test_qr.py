import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_tools.blocks.qr_call import qr_frame
from media_tools.draw import draw
from media_tools.errors import InvalidInput
from media_tools.qr import QUIET, matrix, read

ADDRESSES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-/?=&%", min_size=1, max_size=280).map(
    "https://go.mfa.example/{}".format
)


@given(ADDRESSES)
@settings(max_examples=20)
def test_a_drawn_code_gives_its_address_back(empty_page, typesetter, address):
    frame = qr_frame(address, 500, empty_page())

    pixels = draw(frame, typesetter)

    assert read(pixels[..., 0]) == (address,)


@pytest.mark.parametrize("side", [90, 123.4, 250, 999])
def test_every_module_is_a_whole_number_of_px(empty_page, typesetter, side):
    address = "https://go.mfa.example/expo"
    modules = matrix(address).side

    frame = qr_frame(address, side, empty_page())

    assert frame.size.width == frame.size.height
    assert frame.size.width % modules == 0
    assert frame.size.width <= side
    assert read(draw(frame, typesetter)[..., 0]) == (address,)


def test_a_code_has_its_quiet_zone(empty_page, typesetter):
    frame = qr_frame("https://go.mfa.example/expo", 400, empty_page())
    module = int(frame.size.width / matrix("https://go.mfa.example/expo").side)

    pixels = draw(frame, typesetter)[..., :3]

    edge = QUIET * module
    assert (pixels[:edge] == 255).all()
    assert (pixels[:, -edge:] == 255).all()
    assert not (pixels[edge] == 255).all()


def test_a_robust_code_can_do_with_a_covered_middle():
    address = "https://go.mfa.example/expo"

    assert matrix(address, robust=True).side >= matrix(address).side


@pytest.mark.parametrize(("text", "message"), [("", "has no text"), ("a" * 3000, "Use a short link")])
def test_a_text_that_no_code_can_hold_is_refused_with_what_to_do(text, message):
    with pytest.raises(InvalidInput, match=message):
        matrix(text)
