"""docs/mechanisms/encryption.md as tests."""

import pytest

from common import crypto

KEYS = "k2:" + "B" * 43 + "=,k1:" + "C" * 43 + "="


def test_envelope__right_context__gives_the_content_back():
    blob = crypto.encrypt(b"IBAN", context="t:1:f")
    assert crypto.decrypt(blob, context="t:1:f") == b"IBAN"
    assert b"IBAN" not in blob


def test_envelope__moved_to_another_row__does_not_open():
    blob = crypto.encrypt(b"x", context="t:1:f")
    with pytest.raises(crypto.DecryptionFailed):
        crypto.decrypt(blob, context="t:2:f")


@pytest.mark.parametrize("position", [0, 3, 15, 40, 75, 85, -1])
def test_envelope__one_bit_changed__does_not_open(position):
    blob = bytearray(crypto.encrypt(b"some content", context="c"))
    blob[position] ^= 1
    with pytest.raises(crypto.DecryptionFailed):
        crypto.decrypt(bytes(blob), context="c")


def test_envelope__same_content_twice__differs():
    assert crypto.encrypt(b"x", context="c") != crypto.encrypt(b"x", context="c")


def test_rotation__old_key_still_listed__opens_and_rewraps_to_the_new(settings):
    settings.ENCRYPTION_KEYS = "k1:" + "C" * 43 + "="
    old = crypto.encrypt(b"x", context="c")
    settings.ENCRYPTION_KEYS = KEYS
    new = crypto.rewrap(old, context="c")
    assert (crypto.key_id_of(old), crypto.key_id_of(new)) == ("k1", "k2")
    assert crypto.decrypt(old, context="c") == crypto.decrypt(new, context="c") == b"x"


def test_rotation__key_dropped__does_not_open(settings):
    settings.ENCRYPTION_KEYS = "k1:" + "C" * 43 + "="
    old = crypto.encrypt(b"x", context="c")
    settings.ENCRYPTION_KEYS = "k2:" + "B" * 43 + "="
    with pytest.raises(crypto.DecryptionFailed):
        crypto.decrypt(old, context="c")


def test_secret__wrong_secret_salt_or_context__does_not_open():
    blob = crypto.encrypt_with_secret(b"x", secret="s1", salt=b"salt", context="c")
    assert crypto.decrypt_with_secret(blob, secret="s1", salt=b"salt", context="c") == b"x"
    for wrong in ({"secret": "s2"}, {"salt": b"pepper"}, {"context": "d"}):
        with pytest.raises(crypto.DecryptionFailed):
            crypto.decrypt_with_secret(blob, **({"secret": "s1", "salt": b"salt", "context": "c"} | wrong))


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x02" * 20, b"\x01" * 200, b"{}" * 100])
def test_decrypt__foreign_bytes__fails_cleanly(blob):
    with pytest.raises(crypto.DecryptionFailed):
        crypto.decrypt(blob, context="c")
    with pytest.raises(crypto.DecryptionFailed):
        crypto.decrypt_with_secret(blob, secret="s", salt=b"s", context="c")


@pytest.mark.parametrize(
    "text", ["", "k1", "k1:abc", "k1:" + "A" * 20, ":" + "A" * 43 + "=", "toolongkey1:" + "A" * 43 + "="]
)
def test_parse_keys__unusable__is_refused(text):
    with pytest.raises(crypto.KeysInvalid):
        crypto.parse_keys(text)
