"""JSONTestSuite (../shared/data/naughty) through the one parser all entries use."""

import pytest

from common.json_boundary import JSONRefused, loads


def test_json_suite__must_accept__is_parsed_or_clearly_not_storable(shared_data):
    for path in sorted((shared_data / "naughty/JSONTestSuite/test_parsing").glob("y_*.json")):
        try:
            loads(path.read_bytes())
        except JSONRefused as refused:
            assert refused.status == 422, path.name  # NUL or lone surrogate: valid JSON that no database can hold


def test_json_suite__must_reject__is_refused(shared_data):
    files = sorted((shared_data / "naughty/JSONTestSuite/test_parsing").glob("n_*.json"))
    assert len(files) == 188
    for path in files:
        with pytest.raises(JSONRefused):
            loads(path.read_bytes())


def test_json_suite__either__never_raises_anything_else(shared_data):
    for path in sorted((shared_data / "naughty/JSONTestSuite/test_parsing").glob("i_*.json")):
        try:
            loads(path.read_bytes())
        except JSONRefused:
            continue


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"[" * 1000 + b"]" * 1000, 400),
        (b"[" * 40 + b"]" * 40, 400),
        (b"[" + b"1," * 20_000 + b"1]", 413),
        (b'{"a": NaN}', 400),
        (b'"\\u0000"', 422),
        (b'"\\ud800"', 422),
        (b"1e999", 422),
        (b"\xff", 400),
    ],
)
def test_loads__hostile__is_refused_with_its_status(raw, status):
    with pytest.raises(JSONRefused) as refused:
        loads(raw)
    assert refused.value.status == status


def test_loads__ordinary__comes_back_unchanged():
    assert loads('{"name": "Zoë Müller-Lüdenscheidt 🐕", "n": [1, 2.5, null, true]}'.encode()) == {
        "name": "Zoë Müller-Lüdenscheidt 🐕",
        "n": [1, 2.5, None, True],
    }
