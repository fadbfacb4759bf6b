"""Controls and their limits, as a scene has them."""

from app.controls.address import Controls, Limits
from app.stage import scene_types as sent


def sent_controls(controls: Controls) -> sent.Controls:
    """The controls as a scene has them."""
    return {"weights": controls.weights, "days": controls.days, "show": controls.show}


def sent_limits(limits: Limits) -> sent.Limits:
    """The limits as a scene has them."""
    return {
        "slider": limits.slider,
        "typed": limits.typed,
        "step": limits.step,
        "days": limits.days,
        "value": limits.value,
    }
