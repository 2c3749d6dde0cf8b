"""Texts in the charsets that cameras and programs wrote them in, named or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.metadata.charsets import decode_bytes, decode_iptc, decode_user_comment, decode_xp


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Grüße aus Zürich, 5 €", "utf-8"),
        ("緑の芝生 🐕 שלום", "utf-8"),
        ("Grüße aus Zürich, 5 €", "cp1252"),
        ("“Straße” – naïve café", "cp1252"),
        ("© 2004 École, ÉTÉ", "cp1252"),
        ("ÉTÉ", "cp1252"),
        ("don’t", "cp1252"),
        ("Skåne, Sweden", "mac_roman"),
        ("Ängar", "mac_roman"),
        ("Max-Planck-Institut für Bildungsforschung", "mac_roman"),
        ("“été à la plage” – don’t", "mac_roman"),
        ("Mädchen für alles", "cp850"),
        ("Łódź", "cp1250"),
        ("Александр Кошелев", "cp1251"),
        ("МОСКВА", "cp1251"),
        ("Москва зимой", "koi8_r"),
        ("東京タワーの夜景", "cp932"),
        ("東京都港区", "cp932"),
        ("緑の芝生", "euc_jp"),
        ("北京的天气", "gb2312"),
        ("안녕하세요", "euc_kr"),
    ],
)
def test_a_text_without_a_named_charset_is_told_by_how_its_letters_stand(text, charset):
    assert decode_bytes(text.encode(charset) + b"\0junk") == text
    assert decode_iptc(text.encode(charset), b"") == text


def test_utf_8_that_a_short_field_cut_off_is_still_utf_8():
    assert decode_bytes("Bärenhöhle 緑".encode()[:-1]) == "Bärenhöhle"
    assert decode_bytes(b"Caf\xe9") == "Café"  # looks as cut off


def test_utf_16_with_a_mark_in_a_plain_string():
    assert decode_bytes(b"\xff\xfe" + "Ünser Hund".encode("utf-16-le") + b"\0\0") == "Ünser Hund"


@pytest.mark.parametrize(
    ("text", "charset", "name"),
    [
        ("Größe", "utf-8", b"\x1b%G"),
        ("Größe", "utf-8", b"\x1b%/I"),
        ("Größe", "latin-1", b"\x1b-A"),
        ("Größe", "latin-1", b"\x1b.A"),
        ("Łódź", "iso8859_2", b"\x1b-B"),
        ("Αθήνα", "iso8859_7", b"\x1b-F"),
        ("Москва", "iso8859_5", b"\x1b-L"),
        ("日本", "iso2022_jp", b"\x1b$B"),
        ("Größe", "cp1252", b"\x1b%G"),  # it lies
    ],
)
def test_iptc_charsets_by_name(text, charset, name):
    assert decode_iptc(text.encode(charset), name) == text


@pytest.mark.parametrize("order", ["little", "big"])
@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"ASCII\0\0\0On the beach   \0\0", "On the beach"),
        (b"ascii\0\0\0Gr\xc3\xbc\xc3\x9fe", "Grüße"),
        (bytes(8) + b"taken at a temple", "taken at a temple"),
        (b"UNICODE\0" + "äöü 緑".encode("utf-16-le"), "äöü 緑"),
        (b"UNICODE\0" + "äöü 緑".encode("utf-16-be"), "äöü 緑"),
        (b"UNICODE\0" + "äöü".encode("utf-16"), "äöü"),
        (b"UNICODE\0binary comment\0", "binary comment"),  # neither order of UTF-16
        (b"UNICODE\0" + "Grüße 緑".encode(), "Grüße 緑"),
        (b"JIS\0\0\0\0\0" + "桜".encode("iso2022_jp"), "桜"),
        (b"JIS\0\0\0\0\0" + "さくら".encode("cp932"), "さくら"),
        (b"Missing the character set", "Missing the character set"),
        (b"ASCII\0\0\0" + bytes(range(1, 32)) * 4, ""),
        (b"", ""),
    ],
)
def test_user_comments(raw, text, order):
    assert decode_user_comment(raw, order) == text


def test_a_hostile_text_is_not_guessed_at_for_ever():
    assert len(decode_bytes(b"a\x8c" * (8 << 20))) == 1 << 16


@given(st.binary(max_size=200), st.binary(max_size=5))
def test_any_bytes_give_some_text(raw, charset):
    for text in (
        decode_bytes(raw),
        decode_iptc(raw, charset),
        decode_user_comment(raw, "big"),
        decode_xp(raw),
    ):
        text.encode("utf-8")  # no lone surrogates
