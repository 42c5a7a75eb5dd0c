"""Generated cloth: the same for the same seed, different for another, in the size asked for."""

import pytest

from demo.art import KINDS, make_image

SIZE = (300, 200)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_seed_decides(kind):
    first = make_image("one", kind, SIZE)
    assert first.size == SIZE
    assert first.mode == "RGB"
    assert first.tobytes() == make_image("one", kind, SIZE).tobytes()
    assert first.tobytes() != make_image("two", kind, SIZE).tobytes()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_picture_has_something_to_see(kind):
    """Light and dark are far apart: neither a blank nor noise around one grey."""
    low, high = make_image("range", kind, SIZE).convert("L").getextrema()
    assert high - low > 100


def test_unknown_kind():
    with pytest.raises(KeyError):
        make_image("one", "velvet", SIZE)
