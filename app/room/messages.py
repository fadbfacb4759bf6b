"""What teachers and students may say, as types, and what each message does to a room.

A message checks before it changes anything: one that is refused leaves the room as it was.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from app.room.room import Past, RefusedError, Room, Vote

STATE = 2048  # bytes
MOST_CLIENTS = 200
MOST_KNOWN = 2 * MOST_CLIENTS  # whose guesses or solved challenges are kept: some leave, others come
MOST_TASKS = 60
MOST_PAST = 40  # votes that a summary goes back

Word = Annotated[str, Meta(min_length=1, max_length=60)]
Text = Annotated[str, Meta(min_length=1, max_length=400)]
Secret = Annotated[str, Meta(min_length=32, max_length=64)]
Index = Annotated[int, Meta(ge=0, lt=8)]


class Question(msgspec.Struct, frozen=True):
    """A prediction of a lesson that a class is asked."""

    lesson: Word
    step: Word
    question: Text
    choices: Annotated[list[Text], Meta(min_length=2, max_length=8)]


class TeacherMessage(msgspec.Struct, frozen=True, tag_field="kind"):
    """Whatever says so has the room's key."""

    key: Secret

    def change(self, room: Room) -> None:
        """Change the room, or raise `RefusedError`."""


class State(TeacherMessage, frozen=True, tag="state"):
    """Where the teacher is. It does not go through `change`, because it comes thirty times a second."""

    state: msgspec.Raw

    def on_one_line(self) -> bytes:
        """Return the state as it is sent on; nothing here knows what is in it."""
        if len(self.state) > STATE:
            raise RefusedError("room.large")
        try:
            return msgspec.json.encode(msgspec.json.decode(self.state, type=dict[str, object]))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise RefusedError("room.malformed") from None


class Follow(TeacherMessage, frozen=True, tag="follow"):
    """Everyone follows the teacher, or all keep what they see."""

    on: bool

    def change(self, room: Room) -> None:
        room.following = self.on
        room.version += 1


class Black(TeacherMessage, frozen=True, tag="black"):
    """All screens are dark, or no longer."""

    on: bool

    def change(self, room: Room) -> None:
        room.black = self.on
        room.version += 1


class Ask(TeacherMessage, frozen=True, tag="ask"):
    """A question is asked; the one before is over."""

    poll: Question

    def change(self, room: Room) -> None:
        put_away(room)
        asked = self.poll
        open_vote(room, Vote(0, asked.lesson, asked.step, asked.question, asked.choices))


class Reveal(TeacherMessage, frozen=True, tag="reveal"):
    """The vote is closed, and all see how it went, and what is right. Said twice, it changes nothing."""

    right: Index | None = None

    def change(self, room: Room) -> None:
        vote = room.vote
        if vote is None or not (vote.open or vote.right == self.right):
            raise RefusedError("room.closed")
        if self.right is not None and self.right >= len(vote.choices):
            raise RefusedError("room.malformed")
        room.version += vote.open
        vote.open, vote.right = False, self.right


class Again(TeacherMessage, frozen=True, tag="again"):
    """The same is asked again, once the class has talked about it."""

    def change(self, room: Room) -> None:
        vote = room.vote
        if vote is None or vote.open:
            raise RefusedError("room.closed")
        put_away(room)
        open_vote(room, Vote(0, vote.lesson, vote.step, vote.question, vote.choices, before=vote.bars))


class GoOn(TeacherMessage, frozen=True, tag="go_on"):
    """The question is over."""

    def change(self, room: Room) -> None:
        put_away(room)
        room.version += 1


class End(TeacherMessage, frozen=True, tag="end"):
    """The class is over: it is kept for its summary alone."""

    def change(self, room: Room) -> None:
        put_away(room)
        room.ended = True
        room.version += 1


class StudentMessage(msgspec.Struct, frozen=True, tag_field="kind"):
    """Whatever one of the class says; their token is told from others', and nothing else is known of them."""

    client: Secret

    def change(self, room: Room, client: str) -> None:
        """Change the room for the student of this hash, or raise `RefusedError`."""


class Guess(StudentMessage, frozen=True, tag="guess"):
    """An answer to the open question. One counts, the last; said twice, it changes nothing."""

    poll: int
    choice: Index

    def change(self, room: Room, client: str) -> None:
        vote = room.vote
        if vote is None or not vote.open or vote.id != self.poll:
            raise RefusedError("room.closed")
        if self.choice >= len(vote.choices):
            raise RefusedError("room.malformed")
        if client not in vote.guesses and len(vote.guesses) >= MOST_KNOWN:
            raise RefusedError("room.full")
        vote.guesses[client] = self.choice


class Solved(StudentMessage, frozen=True, tag="solved"):
    """One of a lesson's challenges is solved."""

    lesson: Word
    task: Word

    def change(self, room: Room, client: str) -> None:
        task = f"{self.lesson}/{self.task}"
        clients = room.solved.get(task, set())
        if len(clients | {client}) > MOST_KNOWN or len(room.solved.keys() | {task}) > MOST_TASKS:
            raise RefusedError("room.full")
        room.solved[task] = clients | {client}


class LookAround(StudentMessage, frozen=True, tag="follow"):
    """A student looks around on their own, or comes back."""

    on: bool

    def change(self, room: Room, client: str) -> None:
        away = room.away - {client} if self.on else room.away | {client}
        if len(away) > MOST_KNOWN:
            raise RefusedError("room.full")
        room.away = away


TEACHER = msgspec.json.Decoder(State | Follow | Black | Ask | Reveal | Again | GoOn | End)
STUDENT = msgspec.json.Decoder(Guess | Solved | LookAround)


def put_away(room: Room) -> None:
    """Close the vote that there is, and keep of it how many, not who."""
    vote, room.vote = room.vote, None
    if vote and vote.guesses:
        past = Past(vote.lesson, vote.step, vote.question, vote.choices, vote.right, len(vote.guesses), vote.bars)
        room.past = [*room.past, past][-MOST_PAST:]


def open_vote(room: Room, vote: Vote) -> None:
    """Begin a vote, under a number of its own: what is late for another is not counted here."""
    room.asked += 1
    room.version += 1
    vote.id, room.vote = room.asked, vote
