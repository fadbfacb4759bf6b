"""What passes between Python and the stage; `make types` writes it for the browser, as `scene.d.ts`.

The browser computes every number of a run from it.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from app.stage.guide_types import Guide
from app.stage.layout_types import Layout, Point
from cells.graph_data import GraphData

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
    how: NotRequired[Literal["maximum", "total"]]  # instead of a sum: the largest term; the sum of a term's entries


class Still(TypedDict):
    """What is the same for all weights of a cell."""

    words: dict[str, str]
    formulas: dict[str, Formula]
    equations: dict[str, str]  # plain text
    curves: dict[str, list[Point]]  # of σ, tanh, …
    graph: GraphData


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
    reports_unit: NotRequired[bool]  # what is below follows the selected unit
    reads: NotRequired[Sequence[str]]  # what is read at each timestep, where that is a word or a symbol
    columns: NotRequired[Sequence[str]]  # names of the inputs, where they have some
    unit_of: NotRequired[int]  # its only unit is this one of a wider layer, from 0
    compact: NotRequired[bool]  # the selected unit's picture and the player alone, in little room


class Covers(TypedDict):
    """Which values are covered, by their keys (`covers.js`)."""

    ones: Sequence[str]
    rows: Sequence[str]
    open: Sequence[str]


class SceneOptions(PageOptions):
    """What a scene has besides its runs."""

    controls: Controls
    defaults: Controls
    limits: Limits
    at: tuple[int, int] | None  # the (timestep, stage) an address asked for, from 1
    backward: NotRequired[bool]  # the gradient is played
    committed: float  # `n` of the last commit that is in the address
    commits: NotRequired[str | None]  # what a commit is posted to, where the page need not run again
    guide: NotRequired[Guide | None]  # a lesson's story and tasks
    page: NotRequired[str]  # what it is called, where the stage can be saved as a page of its own
    teach: NotRequired[bool]  # for a class: larger, with the answers counted
    digits: NotRequired[int]  # decimals of a value in the picture, where a reader chose them
    covers: NotRequired[Covers]  # what is covered, on a page that a reader took along


class Packed(TypedDict):
    """An array as float64 in base64."""

    shape: list[int]
    data: str


class SentCell(TypedDict):
    """What belongs to one cell."""

    layout: str | Layout  # a published one by its name
    still: str  # a `Still` as JSON
    sizes: dict[str, int]  # by the symbols of its graph
    parameters: dict[str, Packed]  # without what the controls say of them


class SentSeries(TypedDict):
    """One sequence read by a cell."""

    key: str
    name: str
    cell: str
    held: NotRequired[Mapping[str, float]]  # weights that it has whatever the controls say
    reads: NotRequired[str]  # the days of the controls
    x: NotRequired[Packed]  # or else what they do not say, (T, D)
    start: NotRequired[Mapping[str, Packed]]  # states before the first step; zero where absent


class SentScene(SceneOptions):
    """All that the browser is sent for the stage: it runs the cells itself."""

    cells: dict[str, SentCell]
    series: list[SentSeries]
    unit: int  # the selected one, from 0
    targets: Mapping[str, float]  # of the loss, by series


# ---- what the browser sends back, to be checked ---------------------------------------------------------------------


class Commit(Controls):
    """The controls, once a reader has let go of one."""

    n: int  # differs each time: the same controls can be sent twice
