"""From bytes to the text of a flyer, or a sentence that says why not."""

import pytest

from coordinator.core.flyer import UnreadableFlyer, decode_flyer

TEXT = "Soirée d’été\n20h – Émilie"
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_people_send(encoding: str) -> None:
    assert decode_flyer(TEXT.encode(encoding)) == TEXT


def test_utf_16_is_read_with_either_mark() -> None:
    assert decode_flyer(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


def test_another_alphabet_is_text() -> None:
    assert decode_flyer("チャリティーライブ 18:00".encode()) == "チャリティーライブ 18:00"


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff \u200b".encode()], ids=["nothing", "blanks", "marks"])
def test_an_empty_flyer_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFlyer, match=r"^This flyer is empty; paste the text of the flyer\.$"):
        decode_flyer(data)


@pytest.mark.parametrize(
    "data",
    [
        PICTURE,
        b"\xff\xd8\xff\xe0" + bytes(range(1, 255)) * 9,
        b"8:00\0Foo",
        b"\xff\xfe\x00",
        b"\x01\x02\x03 8:00",
        b"-- ** --",
    ],
    ids=["png", "jpeg", "a nought byte", "half a letter", "control characters", "no letter at all"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFlyer, match=r"^This isn't text, maybe a picture; paste the words from the flyer\.$"):
        decode_flyer(data)


def test_a_million_bytes_are_read_and_one_more_is_refused() -> None:
    assert len(decode_flyer(b"a" * 1_000_000)) == 1_000_000

    with pytest.raises(UnreadableFlyer, match=r"^This flyer is over 1 MB; paste only its text\.$"):
        decode_flyer(b"a" * 1_000_001)
