"""What the lesson `gru` asks is decided by the core."""

from dataclasses import replace

from app.lessons.gru import model
from app.lessons.gru.model import ADDRESS, Blend


def test_the_grus_four_readings():
    controls = ADDRESS.defaults
    found = model.answers(controls)
    assert len(set(found.values())) == 4
    trace = Blend("after", "keep").traces(controls)["x"]
    assert found["after_keep"] == trace["h"][-1, 0, 0]
    keep, write = (abs(trace[name][-1].item()) for name in ("keep", "write"))
    assert model.larger_part(trace) == ("kept" if keep > write else "written")
    assert set(Blend("after", "keep", beside=True).traces(controls)) == {"x", "lstm"}


def test_the_grus_challenge():
    controls = ADDRESS.defaults
    blend = Blend("after", "keep")

    def goal(**weights):
        moved = replace(controls, weights=controls.weights | weights)
        return model.goal(moved, blend.traces(moved)["x"])

    assert [goal(), goal(b_z=8.0), goal(b_n=1.0)] == ["open", "solved", "others"]
    edited = replace(controls, days={"x": (0.0, 0.0)})
    assert model.goal(edited, blend.traces(edited)["x"]) == "days"
