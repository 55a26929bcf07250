"""A code is read where it is seen, and not only by a reader that forgives everything."""

from dataclasses import replace

import pytest

from media_tools.blocks.qr_call import qr_frame
from media_tools.checks import changed
from media_tools.layout.frame import Fill, Frame, Placed
from media_tools.qr import read, worn
from media_tools.spec.geometry import Point, Size

URL = "https://go.mfa.example/harbour"


@pytest.fixture
def screen(bench):
    return bench.make("screen.hd_portrait", bench.blocks("qr_call", link={"url": URL}))


def with_code(made, code):
    return changed(made.page.frame, lambda item: code if isinstance(item, Frame) and item.name == "qr" else item)


def test_the_code_of_a_good_page_survives_half_the_size_and_a_jpeg(screen, say):
    seen = worn(screen.reopened)

    assert seen.size == (screen.reopened.width // 2, screen.reopened.height // 2)
    assert read(seen) == (URL,)
    assert say("qr_unreadable", screen) == []


def test_a_code_that_leads_elsewhere_is_found(screen, say, bench):
    side = screen.marks[0].box.width
    other = qr_frame("https://elsewhere.example/", side, screen.page.page)

    found = say("qr_unreadable", bench.with_frame(with_code(screen, other), screen))

    assert "leads to https://elsewhere.example/, and not to" in found[0]


def test_modules_that_our_reader_forgives_and_phones_do_not_are_found(screen, say, bench):
    fine = qr_frame(URL, 74, screen.page.page)

    found = say("qr_unreadable", bench.with_frame(with_code(screen, fine), screen))

    assert len(found) == 1


def test_something_in_the_quiet_zone_is_found(screen, say, bench):
    def spoil(item):
        if not (isinstance(item, Frame) and item.name == "qr"):
            return item
        stripe = Placed(Point(2, 0), Fill(Size(8, item.size.height), "#000000"))
        return replace(item, items=(*item.items, stripe))

    assert say("qr_unreadable", bench.with_frame(changed(screen.page.frame, spoil), screen))


def test_a_code_that_is_missing_is_found(screen, say, bench):
    bare = with_code(screen, Frame(Size(10, 10)))

    assert "0 QR codes for 1 addresses" in say("qr_unreadable", bench.with_frame(bare, screen))[0]
