"""Videos elsewhere: read strictly, and nothing is loaded before the reader asks."""

import re

import pytest

from core.blocks.embeds import EmbedBlock, parse_video


def rendered(value):
    block = EmbedBlock()
    return block.render(block.to_python(value))


@pytest.mark.parametrize(
    ("url", "watch", "frame"),
    [
        *[
            (
                url,
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
            )
            for url in (
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s",
                "http://youtube.com/watch?list=x&v=dQw4w9WgXcQ",
                "https://youtu.be/dQw4w9WgXcQ?si=tracking",
                "https://m.youtube.com/shorts/dQw4w9WgXcQ",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            )
        ],
        (
            "https://vimeo.com/76979871",
            "https://vimeo.com/76979871",
            "https://player.vimeo.com/video/76979871?dnt=1",
        ),
        (
            "https://vimeo.com/76979871/8272103f6e",
            "https://vimeo.com/76979871/8272103f6e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e",
        ),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e&autoplay=1",
            "https://vimeo.com/76979871/8272103f6e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e",
        ),
    ],
)
def test_known_addresses_are_read(url, watch, frame):
    video = parse_video(url)
    assert (video.watch_url, video.frame_url) == (watch, frame)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.org/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com.example.org/watch?v=dQw4w9WgXcQ",
        "https://youtube.com@example.org/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com:x/watch?v=dQw4w9WgXcQ",
        "https://[www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ%22onload",
        "https://www.youtube.com/channel/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ/more",
        "https://vimeo.com/channels/staffpicks",
        "https://vimeo.com/76979871/../../x",
        "javascript:https://youtu.be/dQw4w9WgXcQ",
        "ftp://youtu.be/dQw4w9WgXcQ",
    ],
)
def test_anything_else_is_no_video(url):
    assert parse_video(url) is None


def test_a_video_shows_a_link_and_waits_for_the_reader():
    html = rendered({"url": "https://youtu.be/dQw4w9WgXcQ", "title": 'A "mill" & more'})
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in html
    assert "<iframe" not in html
    assert re.search(r"<button[^>]+hidden", html)
    assert "YouTube" in html
    assert 'data-title="A &quot;mill&quot; &amp; more"' in html


def test_another_page_is_a_link():
    html = rendered({"url": "https://example.org/film", "title": "A film"})
    assert 'href="https://example.org/film"' in html
    assert "example.org</p>" in html
    assert "button" not in html
