"""A message about an input: why it is not accepted, or what was made of it."""

from dataclasses import dataclass


@dataclass(init=False)
class Message:
    """The key of a label, and the values that its text may name."""

    reason: str
    values: dict[str, str]

    def __init__(self, reason: str, /, **values: object) -> None:
        self.reason, self.values = reason, {name: str(value) for name, value in values.items()}


class RefusedError(ValueError):
    """An input that is not accepted; `message` says why."""

    def __init__(self, reason: str, /, **values: object) -> None:
        self.message = Message(reason, **values)
        super().__init__(self.message)
