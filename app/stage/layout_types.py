"""What a layout says: where a cell's parts are drawn (layouts/<cell>.json), and in which stages.

A value has a *name* (the name it has in the trace: `f`, `keep`, `c`, …) and a *role* (the hue of the job it does).
Names belong to the cell, roles to the picture; a layout ties them together. As in `scene_types.py`, `Annotated` gives
the text of a type that TypeScript can say more exactly.
"""

from typing import Annotated, Literal, NotRequired, TypedDict

Role = Literal["x", "h", "c", "f", "i", "g", "o", "b"]  # `b` (a bias) takes the hue of the value it helps to compute
Point = Annotated[list[float], "[number, number]"]  # x and y, in the units of a viewBox
Size = Literal["wide", "narrow"]
NodeKind = Literal["cat", "gate", "op", "fn", "copy", "chip", "plot"]
WireKind = Literal["wire", "belt", "ribbon"]
Anchor = Literal["start", "middle", "end"]


class Span(TypedDict):
    """One piece of a label."""

    text: str
    role: NotRequired[Role]
    index: NotRequired[Literal[-1, 0]]  # a subscript, counted from the current timestep
    upright: NotRequired[bool]


class Token(TypedDict):
    """A number that rests on a wire when its stage is over."""

    wire: str
    at: float  # the share of the wire
    narrow: NotRequired[float]  # the same in the narrow geometry
    value: str


class LayoutStage(TypedDict):
    """One of the steps in which a cell's timestep is shown."""

    key: str  # of its words
    value: str  # what it computes
    role: Role
    own: list[str]  # wires and nodes that appear with it
    relit: list[str]  # earlier ones that it reads
    token: Token | None


class NodeExtras(TypedDict, total=False):
    """What only some nodes have."""

    symbol: str
    value: str
    parameter: str
    width: float
    height: float


class LayoutNode(NodeExtras):
    """An operation, a layer, a weight or a junction."""

    id: str
    kind: NodeKind
    x: float
    y: float
    role: Role
    stage: int


class LayoutWire(TypedDict):
    """A line along which values travel."""

    id: str
    kind: WireKind
    role: Role
    stage: int
    points: list[Point]
    arrow: bool
    carries: NotRequired[list[str]]  # whose gradient comes back here: a value, and its readers (gradient_scene.py)


class LayoutValue(TypedDict):
    """Where a value is written."""

    name: str
    before: NotRequired[bool]  # the state as it enters the timestep
    role: Role
    stage: int  # 0: known when the timestep begins
    at: Point
    card: NotRequired[Point]  # where its card is, which is larger than a pill
    back: NotRequired[Point]  # where its gradient is: it hangs from its line
    wire: str
    hangsFrom: Point | None
    label: list[Span]


class Badge(TypedDict):
    """Where a stage's number is written."""

    stage: int
    at: Point
    back: NotRequired[Point]  # where it is while the gradient is played


class LayoutCaption(TypedDict):
    """A word of explanation in the picture."""

    at: Point
    word: str
    role: Role | Literal["m"]
    anchor: Anchor
    stage: NotRequired[int]


class Geometry(TypedDict):
    """A layout in one size."""

    viewBox: list[float]
    body: list[float]
    nodes: list[LayoutNode]
    wires: list[LayoutWire]
    values: list[LayoutValue]
    badges: list[Badge]
    captions: list[LayoutCaption]


class Layout(TypedDict):
    """Where a cell's values and wires are drawn, and in which stages."""

    cell: str
    names: list[str]  # of the layouts it was put together from
    roles: dict[str, Role]
    stages: list[LayoutStage]
    rows: list[str]  # the timeline's values, in playing order
    wide: Geometry
    narrow: Geometry
