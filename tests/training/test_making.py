"""The command that makes what is shipped: what it is asked for, and what it refuses."""

import pytest

from app.training import __main__ as making


@pytest.mark.parametrize(("asked", "made"), [
    ([], ["series", "text", "recall", "variants", "layers", "writing", "model"]),
    (["recall"], ["recall"]),
    (["writing", "text"], ["writing", "text"]),
])  # fmt: skip
def test_the_lessons_that_are_asked_for_are_made(asked, made, monkeypatch):
    found = []
    monkeypatch.setattr(making, "made", lambda name: found.append(name) or [])
    making.main(asked)
    assert found == made


def test_a_lesson_that_trains_nothing_is_named(capsys):
    with pytest.raises(SystemExit) as ended:
        making.main(["lstm"])
    assert ended.value.code == 2
    assert (
        "expected some of series, text, recall, variants, layers, writing, model, got lstm" in capsys.readouterr().err
    )
