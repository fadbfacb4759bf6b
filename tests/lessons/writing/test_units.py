import numpy as np
import pytest

from app.lessons.writing.units import FEATURES, found, strongest

TEXT = 'Ở đây "a b"\nXa'


@pytest.mark.parametrize(
    ("feature", "values"),
    [
        ("spaces", [0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]),
        ("word", [1, 0, 1, 2, 3, 0, 0, 1, 0, 1, 0, 0, 1, 2]),
        ("line", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2]),
        ("vowels", [1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]),
        ("capitals", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]),
        ("quotation", [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0]),
        ("tones", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_a_feature_is_what_its_name_says(feature, values):
    assert FEATURES[feature](TEXT) == values


def test_the_unit_that_follows_a_feature_is_found_with_its_correlation():
    noise = np.random.default_rng(0).normal(size=(len(TEXT), 3))
    values = np.column_stack(
        [noise, -2 * np.array(FEATURES["line"](TEXT)), np.ones(len(TEXT)), FEATURES["vowels"](TEXT)]
    )
    by_feature = {each.feature: each for each in found(TEXT, values)}
    assert (by_feature["line"].unit, by_feature["line"].r) == (3, pytest.approx(-1))
    assert (by_feature["vowels"].unit, by_feature["vowels"].r) == (5, pytest.approx(1))
    assert len({each.unit for each in by_feature.values()}) == len(by_feature) == 5  # the constant one follows nothing
    word = by_feature["word"]
    assert word.r == pytest.approx(np.corrcoef(FEATURES["word"](TEXT), values[:, word.unit])[0, 1])


def test_every_unit_has_what_it_follows_most_and_its_like_beside_it():
    random = np.random.default_rng(1)
    line, vowels = (np.array(FEATURES[name](TEXT)) for name in ("line", "vowels"))

    def noise():
        return random.normal(scale=0.1, size=len(TEXT))

    values = np.column_stack([vowels + noise(), -line + noise(), vowels, np.ones(len(TEXT)), 5 * line + noise()])
    units = strongest(TEXT, values)
    assert sorted(each.unit for each in units) == [0, 1, 2, 3, 4]
    assert [(each.feature, each.unit) for each in units[:2]] == [("vowels", 2), ("vowels", 0)]
    assert [each.feature for each in units[2:4]] == ["line", "line"]
    assert abs(units[2].r) >= abs(units[3].r)
    assert {each.unit: each.r for each in units}[3] == 0  # one that never changes
    for each in units:
        if each.unit != 3:
            every = [np.corrcoef(feature(TEXT), values[:, each.unit])[0, 1] for feature in FEATURES.values()]
            assert abs(each.r) == pytest.approx(np.abs(every).max())
