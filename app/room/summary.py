"""What a class was asked, as a table: how many chose what. Who did was never known."""

import csv
import io

from app.formatting import as_text
from app.room.room import Past, Room, Vote

COLUMNS = ("kind", "lesson", "step or task", "question", "answered", "choice", "count", "right")


def summary(room: Room) -> str:
    """Return CSV, a row for each choice of each vote and for each challenge; a vote that is open has no counts."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    votes: list[Past | Vote] = [*room.past, *([room.vote] if room.vote else [])]
    for vote in votes:
        table.writerows([written(cell) for cell in row] for row in rows(vote))
    for task, clients in sorted(room.solved.items()):
        lesson, _, name = task.partition("/")
        table.writerow([written(cell) for cell in ("challenge", lesson, name, "", len(clients), "", "", "")])
    return text.getvalue()


def rows(vote: Past | Vote) -> list[tuple[str | int, ...]]:
    open_ = isinstance(vote, Vote) and vote.open
    answered = vote.answered if isinstance(vote, Past) else len(vote.guesses)
    bars = None if open_ else vote.bars
    return [
        (
            "question",
            vote.lesson,
            vote.step,
            vote.question,
            answered,
            choice,
            bars[number] if bars else "",
            "yes" if number == vote.right else "",
        )
        for number, choice in enumerate(vote.choices)
    ]


def written(cell: str | int) -> str | int:
    return as_text(cell) if isinstance(cell, str) else cell
