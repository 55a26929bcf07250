import pytest
from pydantic import ValidationError

from media_tools.spec.link import Link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript://go.mfa.example/%0aalert(1)",
        "data:text/html,hello",
        "ftp://go.mfa.example/expo",
        "mailto:press@mfa.example",
        "go.mfa.example/expo",
        "//go.mfa.example/expo",
        "https://",
        "https:///expo",
        "",
        "https://mfa@go.example/expo",
        "https://go.mfa.example:secret@elsewhere.example/",
        "https://:@elsewhere.example/",
    ],
)
def test_only_a_plain_web_address_is_taken(url):
    with pytest.raises(ValidationError, match=r"Write it whole, such as https://"):
        Link(url=url)


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\u00a0"])
def test_a_space_inside_is_refused(space):
    with pytest.raises(ValidationError, match="Take the space out"):
        Link(url=f"https://go.mfa.example/the{space}expo")


@pytest.mark.parametrize("url", ["https://[", "https://[go.mfa.example/expo"])
def test_an_address_that_cannot_be_taken_apart_is_refused_with_what_to_write(url):
    with pytest.raises(ValidationError, match=r"Write it whole, such as https://"):
        Link(url=url)


def test_space_round_an_address_is_dropped():
    assert Link(url=" https://go.mfa.example/expo\n").url == "https://go.mfa.example/expo"


@pytest.mark.parametrize(
    ("url", "spoken"),
    [
        ("https://go.mfa.example/expo", "go.mfa.example/expo"),
        ("https://go.mfa.example/", "go.mfa.example"),
        ("http://go.mfa.example", "go.mfa.example"),
        ("https://go.mfa.example/?to=https://mfa.example", "go.mfa.example/?to=https://mfa.example"),
    ],
)
def test_an_address_is_spoken_without_scheme_and_final_slash(url, spoken):
    assert Link(url=url).spoken == spoken
