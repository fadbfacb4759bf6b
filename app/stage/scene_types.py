"""What passes between Python and the stage; `make types` writes it for the browser, as `scene.d.ts`.

Numbers over all timesteps are (T,). `Annotated` gives the text of a type that TypeScript can say more exactly.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Never, NotRequired, TypedDict

from app.stage.guide_types import Guide
from app.stage.layout_types import Layout, Point

Frames = Annotated[dict[str, Any], 'import("./types.js").Frames']  # of a drag (`drag_frames.py`)

# ---- how a cell is written ------------------------------------------------------------------------------------------


class Factor(TypedDict, total=False):
    """A parameter or a named value."""

    parameter: str
    value: str
    before: bool  # the value of the timestep before
    function: str  # what it goes through (`tanh`)


class Term(TypedDict):
    """sign · Π factors."""

    sign: Literal[1, -1]
    factors: list[Factor]


class Formula(TypedDict):
    """value = function(Σ terms)."""

    function: str | None
    terms: list[Term]


class Still(TypedDict):
    """What is the same for all weights of a cell."""

    words: dict[str, str]
    formulas: dict[str, Formula]
    equations: dict[str, str]  # plain text
    curves: dict[str, list[Point]]  # of σ, tanh, …


# ---- the numbers of one run -----------------------------------------------------------------------------------------


class Packed(TypedDict):
    """An array as float32: in base64, or, where the browser made it, as `numbers`."""

    shape: list[int]
    data: NotRequired[str]
    numbers: NotRequired[Annotated[Never, "Float32Array"]]


class Product(TypedDict):
    """A term's numbers."""

    factors: list[list[float]]
    inner: list[list[float] | None]  # what went into a factor's own function (tanh's argument)
    product: list[float]


class DotInput(TypedDict):
    """What a matrix reads."""

    name: str
    before: NotRequired[bool]


class Dot(TypedDict):
    """A matrix's term for one unit: its row of weights times what it reads."""

    sum: list[float]
    row: list[float]
    inputs: DotInput
    products: Packed


class Arithmetic(TypedDict):
    """A value of the selected unit: the numbers of its formula."""

    terms: list[Product | Dot]
    total: list[float]
    result: list[float]


class Units(TypedDict):
    """Every value of every unit, (T, n)."""

    count: int
    selected: int
    strips: dict[str, Packed]
    before: dict[str, Packed]


class Local(TypedDict):
    """One local derivative of a term of the chain rule."""

    kind: Literal["value", "parameter", "slope", "minus"]
    name: str
    before: bool
    function: str | None
    inner: str | None
    numbers: list[float]


class Link(TypedDict):
    """One term of a gradient: what comes back from one reader."""

    to: str  # the reader; empty for the loss
    later: bool  # from the next timestep
    upstream: list[float] | None  # None where the term is a sum over many units
    local: list[Local]
    matrix: str | None
    product: list[float]


class Routes(TypedDict):
    """The two ways by which the memory's gradient comes back."""

    state: str
    along: list[float]  # straight along the memory
    through: list[float]  # the rest


class StepFactor(TypedDict):
    """What one timestep multiplies the gradient of an RNN's one unit by."""

    slope: list[float]
    weight: list[float]
    product: list[float]


class Gradients(TypedDict):
    """Gradients of the loss at the last timestep, at every timestep."""

    loss: list[float]
    values: dict[str, list[float]]
    before: dict[str, list[float]]
    wires: dict[str, list[float]]  # what each carries
    chain: dict[str, list[Link]]
    routes: Routes | None
    step: StepFactor | None


class Series(TypedDict):
    """One sequence read by a cell, as the selected unit sees it."""

    key: str
    name: str
    cell: str
    values: dict[str, list[float]]
    before: dict[str, list[float]]  # the states as they enter each timestep
    arithmetic: dict[str, Arithmetic]
    slopes: dict[str, list[float]]  # of a plotted value's function, at each timestep
    units: NotRequired[Units]  # where anything is longer than one number
    gradients: NotRequired[Gradients]


# ---- the scene ------------------------------------------------------------------------------------------------------


class Controls(TypedDict):
    """A stage's weights, days and shown series."""

    weights: Mapping[str, float]
    days: Mapping[str, Sequence[float]]
    show: Sequence[str]  # keys of the series on the stage, one or two


class Limits(TypedDict):
    """What a control may be set to."""

    slider: tuple[float, float]
    typed: tuple[float, float]
    step: float
    days: tuple[int, int]
    value: tuple[float, float]


class PageOptions(TypedDict):
    """What a page chooses for its stage."""

    presets: Mapping[str, Mapping[str, float]]
    sequences: NotRequired[Mapping[str, str]]  # names of inputs that are no series' own
    autoplay: NotRequired[bool]  # one pass is played at once
    bare: NotRequired[bool]  # the picture without its arithmetic and its controls


class SceneOptions(PageOptions):
    """What a scene has besides its runs."""

    controls: Controls
    defaults: Controls
    limits: Limits
    at: tuple[int, int] | None  # the (timestep, stage) an address asked for, from 1
    backward: NotRequired[bool]  # the gradient is played
    guide: NotRequired[Guide | None]  # a lesson's story and tasks
    frames: NotRequired[Frames | None]


class SentCell(TypedDict):
    """What belongs to one cell."""

    layout: str | Layout  # a published one by its name
    still: str  # a `Still` as JSON
    weights: NotRequired[dict[str, float]]  # only where they are not the controls'
    parameters: NotRequired[dict[str, Packed]]


class SentScene(SceneOptions):
    """All that the browser is sent for the stage, every number computed."""

    steps: int
    cells: dict[str, SentCell]
    series: list[Series]
    units: int  # how many the cell has
    unit: int  # the selected one, from 0
    targets: Mapping[str, float]


# ---- what the browser sends back, to be checked ---------------------------------------------------------------------


class Commit(Controls):
    """The controls, once a reader has let go of one."""

    n: int  # differs each time: the same controls can be sent twice


class Want(TypedDict):
    """What is looked at."""

    unit: int
    backward: bool
