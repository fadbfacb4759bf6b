"""The rules of a class's votes: whatever is said in whatever order, they hold."""

import csv
import io
from collections import Counter

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.room.messages import MOST_KNOWN, MOST_TASKS, Again, Ask, End, GoOn, Guess, LookAround, Question, Reveal, Solved
from app.room.room import RefusedError, Room, counts, poll
from app.room.summary import summary
from tests.support.rooms import QUESTION

CLIENTS = tuple("abcdefg")
CHOICES = len(QUESTION["choices"])


class Class(RuleBasedStateMachine):
    """A room, beside the simplest account of what was said in it."""

    def __init__(self):
        super().__init__()
        self.room = Room("ABCDEF", "")
        self.votes = []  # of each: who guessed what, and whether it was open to the end
        self.open = self.shown = False

    def say(self, message, allowed, *client):
        """Say something; if it is refused, nothing has changed."""
        before, version = msgspec.json.encode(self.room), self.room.version
        try:
            message.change(self.room, *client)
        except RefusedError:
            assert not allowed
            assert msgspec.json.encode(self.room) == before
        else:
            assert allowed
            assert self.room.version >= version

    @rule()
    def ask(self):
        self.say(Ask("", Question(**QUESTION)), True)
        self.votes.append({})
        self.open = self.shown = True

    @rule(right=st.none() | st.integers(0, CHOICES))
    def reveal(self, right):
        same = self.shown and not self.open and right == self.room.vote.right
        allowed = same or (self.open and (right is None or right < CHOICES))
        self.say(Reveal("", right), allowed)
        self.open = self.open and not allowed

    @rule()
    def again(self):
        allowed = self.shown and not self.open
        self.say(Again(""), allowed)
        if allowed:
            self.votes.append({})
            self.open = True

    @rule()
    def go_on(self):
        self.say(GoOn(""), True)
        self.open = self.shown = False

    @rule(client=st.sampled_from(CLIENTS), behind=st.integers(0, 2), choice=st.integers(0, CHOICES))
    def guess(self, client, behind, choice):
        """A guess for this vote, or a late one for a vote before."""
        allowed = self.open and behind == 0 and choice < CHOICES
        self.say(Guess("", self.room.asked - behind, choice), allowed, client)
        if allowed:
            self.votes[-1][client] = choice

    @rule(choices=st.lists(st.integers(0, CHOICES - 1), min_size=len(CLIENTS), max_size=len(CLIENTS)))
    def all_guess(self, choices):
        """So that there are bars, which are not shown."""
        for client, choice in zip(CLIENTS, choices, strict=True):
            self.guess(client, 0, choice)

    @invariant()
    def what_is_shown_is_what_was_said(self):
        vote, people = self.room.vote, {client: poll(self.room.vote, client) for client in CLIENTS if self.room.vote}
        assert bool(vote) == self.shown
        if vote is None:
            return
        said = self.votes[-1]
        bars = [Counter(said.values())[choice] for choice in range(CHOICES)]
        for client, shown in [*people.items(), (None, poll(vote, None))]:
            assert shown.open == self.open
            assert shown.bars == (None if self.open or len(said) < 3 else bars)
            assert shown.few == (not self.open and len(said) < 3)
            assert not (self.open and shown.right is not None)
            assert shown.mine == (msgspec.UNSET if client is None else said.get(client))
        assert counts(self.room, set(CLIENTS)).answered == len(said)

    @invariant()
    def a_summary_has_each_vote_that_somebody_answered(self):
        rows = list(csv.DictReader(io.StringIO(summary(self.room))))
        answered = [int(row["answered"]) for row in rows[::CHOICES]]
        kept = [vote for vote in self.votes[: len(self.votes) - self.shown] if vote]
        assert answered == [len(vote) for vote in kept] + ([len(self.votes[-1])] if self.shown else [])
        for row in rows:
            assert not row["count"] or int(row["answered"]) >= 3
        if self.open:
            assert {row["count"] for row in rows[-CHOICES:]} == {""}


Class.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestVotes = Class.TestCase


def test_challenges_and_who_looks_around_are_bounded():
    room = Room("ABCDEF", "")
    for number in range(MOST_TASKS):
        for client in ("a", "b", "a"):
            Solved("", "lstm", str(number)).change(room, client)
    with pytest.raises(RefusedError):
        Solved("", "lstm", "one more").change(room, "a")
    for number in range(MOST_KNOWN):
        LookAround("", False).change(room, str(number))
    with pytest.raises(RefusedError):
        LookAround("", False).change(room, "a")
    LookAround("", True).change(room, "7")
    told = counts(room, {"6", "7", "a"})
    assert (told.present, told.follow, told.answered) == (3, 2, 0)
    assert set(told.solved.values()) == {2}


def test_a_class_that_ends_has_no_open_vote():
    room = Room("ABCDEF", "")
    Ask("", Question(**QUESTION)).change(room)
    Guess("", 1, 0).change(room, "a")
    End("").change(room)
    assert room.ended
    assert room.vote is None
    assert room.past[0].answered == 1


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "\n=1"])
def test_no_cell_of_a_summary_is_a_formula(cell):
    room = Room("ABCDEF", "")
    Ask("", Question(cell, cell, cell, [cell, "b"])).change(room)
    Solved("", cell, cell).change(room, "a")
    cells = [cell for row in csv.reader(io.StringIO(summary(room), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@")]
