"""A valve prints the curve of its own function."""

from app.components.valve import PLACES, valve


def test_a_valve_prints_its_own_curve():
    drawn = valve("sigmoid", "")
    assert len(drawn["points"]) == PLACES
    assert (drawn["inputs"][160], drawn["outputs"][160], drawn["percent"][160], drawn["floor"]) == (
        "2.00",
        "0.881",
        "88",
        0,
    )
    assert valve("tanh", "")["floor"] == -1
