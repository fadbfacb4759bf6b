"""Page `model`: what is read as an input, and what is refused by which name."""

import io

import numpy as np
import pytest

from app.i18n import LANGUAGES, labels
from app.lessons.model.reading import inputs
from app.messages import RefusedError


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def test_typed_numbers_are_steps_by_inputs():
    assert inputs.typed("1 2\n3, -4\n", 2).tolist() == [[1, 2], [3, -4]]
    assert inputs.typed("0 1; −2.5 1e3", 1).ravel().tolist() == [0, 1, -2.5, 1000]


def test_rows_of_an_embedding_are_looked_up():
    rows = np.arange(12.0).reshape(4, 3)
    assert inputs.ids("3 0, 3", rows).tolist() == [[9, 10, 11], [0, 1, 2], [9, 10, 11]]


def test_a_table_has_its_columns_of_numbers_by_name():
    found = inputs.table("day;load;note\n1;2,5;a\n2;3;b\n".replace("2,5", "2.5").encode())
    assert {name: column.tolist() for name, column in found.items()} == {"day": [1, 2], "load": [2.5, 3]}


def test_of_a_batch_one_sequence_is_taken_by_the_axis_that_comes_first():
    batch = np.arange(24.0).reshape(2, 4, 3)
    assert inputs.sequence(batch, 1, batch_first=True).tolist() == batch[1].tolist()
    assert inputs.sequence(batch, 3, batch_first=False).tolist() == batch[:, 3].tolist()
    assert inputs.sequence(np.arange(5.0), 0, False).shape == (5, 1)
    file = io.BytesIO()
    np.savez(file, a=np.ones((2, 3)), words=np.array(["x"]))
    assert list(inputs.arrays(file.getvalue())) == ["a"]


def test_scaled_columns_have_mean_0_and_spread_1():
    x = np.array([[1.0, 5.0], [2.0, 5.0], [6.0, 5.0]])
    scaled = inputs.scaled(x)
    assert [scaled[:, 0].mean(), scaled[:, 0].std()] == pytest.approx([0, 1])
    assert scaled[:, 1].tolist() == [0, 0, 0]


@pytest.mark.parametrize("way", inputs.WAYS)
def test_what_is_made_is_the_same_for_the_same_seed(way):
    x = inputs.made(way, 50, 4, 7)
    assert x.shape == (50, 4)
    assert np.abs(x).max() > 0.9
    assert (x == inputs.made(way, 50, 4, 7)).all()
    assert (way == "noise") == bool((x != inputs.made(way, 50, 4, 8)).any())


REFUSED = {
    "input.none": lambda: inputs.typed(" \n", 2),
    "input.columns_wrong": lambda: inputs.typed("1 2\n3", 2),
    "input.word": lambda: inputs.typed("1 two", 2),
    "input.id": lambda: inputs.ids("0 4", np.ones((4, 2))),
    "input.csv_bad": lambda: inputs.table(b""),
    "input.csv_numbers": lambda: inputs.table(b"a,b\nx,y\n"),
    "input.npy_bad": lambda: inputs.arrays(npy(np.array([{}], dtype=object))),
    "input.npy_numbers": lambda: inputs.arrays(npy(np.array(["a"]))),
    "input.width": lambda: inputs.checked(np.ones((4, 3)), 2),
    "input.missing": lambda: inputs.checked(np.array([[1.0], [np.nan]]), 1),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_cannot_be_read_is_refused_in_every_language(reason):
    with pytest.raises(RefusedError) as refused:
        REFUSED[reason]()
    message = refused.value.message
    assert message.reason == reason
    for language in LANGUAGES:
        assert "{" not in labels(language, "model")[reason].format(**message.values)


def test_no_array_of_objects_is_made():
    """It would be a pickle, which runs what it says."""
    with pytest.raises(RefusedError, match="npy_bad"):
        inputs.arrays(
            b"\x93NUMPY\x01\x00"
            + bytes([118, 0])
            + b"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"
            + b" " * 60
        )
