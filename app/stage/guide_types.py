"""What leads through a lesson on the stage, as the browser is sent it: the story in steps, and the tasks."""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict


class Ref(TypedDict):
    """One value of a run."""

    series: str
    name: str
    before: bool  # only for the state that the first timestep begins with
    step: int  # the timestep, from 0


class Place(TypedDict):
    """Where a step has the playhead, from 1."""

    day: int
    stage: int
    when: NotRequired[Literal["start", "travel", "end"]]  # of the stage; its end unless said otherwise


class Setting(TypedDict, total=False):
    """What of the controls a step sets."""

    weights: Mapping[str, float]
    days: Mapping[str, Sequence[float]]
    show: Sequence[str]


class Step(TypedDict):
    """One step of the story; {placeholders} in its texts are filled in the browser."""

    id: str
    title: str
    text: str
    verb: str  # what its button to the next step says
    at: NotRequired[Place]  # without it the playhead stays
    way: NotRequired[Literal["back"]]  # the gradient is played
    light: NotRequired[Sequence[str]]  # values the step speaks of
    set: NotRequired[Setting]
    ask: NotRequired[str]  # the question that it opens
    practice: NotRequired[str]  # what a reader may try here


class Question(TypedDict):
    """What a reader predicts."""

    key: str
    text: str
    options: list[tuple[str, str]]  # key and name
    answer: str
    reveal: str  # why
    covers: Sequence[Ref]  # what would give the answer away


class Read(TypedDict):
    """What is measured: of a series, on show or not, and of its last timestep."""

    series: str
    name: str  # of the value
    measure: Literal["value", "change", "influence"]  # it, how far it moved that day, or what day 1 does to it


class Goal(TypedDict):
    """What a challenge asks to reach."""

    text: str
    gauge: str  # {value} is what is measured
    aim: str  # the zone in words
    hint: str  # where to look, for who asks
    range: tuple[float, float]
    zone: tuple[float, float]
    read: Read
    begin: Sequence[Mapping[str, float]]  # weights to begin from
    days: Mapping[str, Sequence[float]]  # that have to stay as they are
    single: bool  # one slider alone may move
    free: Sequence[str] | None  # the weights that may move, where not all may
    states: dict[str, str]  # the status in words


class NextLesson(TypedDict):
    """The lesson after this one."""

    title: str
    address: str


class Guide(TypedDict):
    """A lesson's story and tasks."""

    lesson: str
    title: str
    lede: str
    steps: list[Step]
    questions: list[Question]
    goal: Goal | None
    next: NextLesson | None


class Asked(TypedDict):
    """A lesson's questions, sent again without the rest of its guide."""

    lesson: str
    questions: list[Question]
