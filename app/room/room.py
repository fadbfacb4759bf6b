"""What a class room is: plain data, which a store keeps, and what of it is shown to whom."""

from collections import Counter

import msgspec

FEW = 3  # answers and more have bars; less would say who answered what


STATUS = {
    "room.unknown": 404,
    "room.full": 409,
    "room.key": 403,
    "room.large": 413,
    "room.busy": 429,
    "room.closed": 409,
    "room.malformed": 400,
}


class RefusedError(Exception):
    """A message changes nothing; why, in the interface's words, and the status of the answer."""

    def __init__(self, reason: str, status: int | None = None):
        super().__init__(reason)
        self.reason = reason
        self.status = status or STATUS[reason]


class Vote(msgspec.Struct):
    """One vote on a question: what was asked, and who has guessed what."""

    id: int
    lesson: str
    step: str
    question: str
    choices: list[str]
    open: bool = True
    right: int | None = None
    before: list[int] | None = None  # the bars of the vote before, where the same is asked again
    guesses: dict[str, int] = {}

    @property
    def bars(self) -> list[int] | None:
        """How many chose what, or None where too few have answered."""
        if len(self.guesses) < FEW:
            return None
        chosen = Counter(self.guesses.values())
        return [chosen[choice] for choice in range(len(self.choices))]


class Past(msgspec.Struct):
    """A vote that is over: nothing is left of who guessed."""

    lesson: str
    step: str
    question: str
    choices: list[str]
    right: int | None
    answered: int
    bars: list[int] | None


class Room(msgspec.Struct):
    """A class: people are hashes of a token that their browser made up for this room."""

    code: str
    key: str  # the hash of the teacher's
    version: int = 0  # of what everyone is shown, but for the state
    following: bool = True
    black: bool = False
    ended: bool = False
    asked: int = 0
    vote: Vote | None = None
    past: list[Past] = []
    solved: dict[str, set[str]] = {}
    away: set[str] = set()  # who look around on their own


class Poll(msgspec.Struct):
    """A vote as it is shown: before the reveal there is no bar, and no answer, in it."""

    id: int
    lesson: str
    step: str
    question: str
    choices: list[str]
    open: bool
    bars: list[int] | None
    few: bool
    right: int | None
    before: list[int] | None
    mine: int | msgspec.UnsetType | None = msgspec.UNSET  # a student's own choice


class Picture(msgspec.Struct):
    """What a client that connects is shown."""

    seq: int
    state: msgspec.Raw
    following: bool
    black: bool
    poll: Poll | None
    teacher_present: bool


class Counts(msgspec.Struct):
    """What a teacher alone is told: how many, never who."""

    present: int
    follow: int
    answered: int
    solved: dict[str, int]


def poll(vote: Vote, client: str | None) -> Poll:
    """A vote as a student is shown it, or the teacher (None)."""
    bars = None if vote.open else vote.bars
    return Poll(
        vote.id,
        vote.lesson,
        vote.step,
        vote.question,
        vote.choices,
        vote.open,
        bars,
        not vote.open and bars is None,
        vote.right,
        vote.before,
        msgspec.UNSET if client is None else vote.guesses.get(client),
    )


def counts(room: Room, present: set[str]) -> Counts:
    """What the teacher is told of a room with these students in it."""
    return Counts(
        len(present),
        len(present - room.away),
        len(room.vote.guesses) if room.vote else 0,
        {task: len(clients) for task, clients in room.solved.items()},
    )
