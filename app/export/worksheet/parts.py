"""What stands on the page of a worksheet and of its key: the parts, as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from html import escape

from app.export.worksheet.exercise import Exercise, playing_order
from app.export.worksheet.key import Slip, answer, otherwise, slips
from app.export.worksheet.writing import Writer
from app.i18n import labels, stage_words
from app.stage.layout import layout_of, worded
from cells.by_hand import applied

TAG = re.compile("<[^>]*>")
LOOKED_UP = [Decimal(z) for z in ("-2", "-1", "-0.5", "-0.25", "0", "0.25", "0.5", "0.75", "1", "1.5", "2", "3")]
TABLED = ("sigmoid", "tanh")
MOST_COLUMNS = 3  # of weights, beside their names
MOST_ROWS = 6
LONG = 54  # letters of a formula that leaves no room for another beside it


@dataclass(frozen=True)
class Parts:
    """The parts of one exercise, in a language; `cramped` if something else takes much room."""

    exercise: Exercise
    language: str
    cramped: bool = False

    @cached_property
    def words(self) -> dict[str, str]:
        return labels(self.language, "worksheet")

    @cached_property
    def stage(self) -> dict[str, str]:
        return worded(layout_of(self.exercise.cell), stage_words(self.language))

    @cached_property
    def write(self) -> Writer:
        return Writer(self.exercise, self.language, self.words["before"])

    def say(self, key: str, /, **values: object) -> str:
        """One of the worksheet's texts."""
        return self.words[key].format(**values)

    def day(self, step: int) -> str:
        return self.stage["step.head"].format(n=step + 1)

    def called(self, name: str) -> str:
        """A value's letter and name."""
        letter = self.write.letter(name)
        word = self.stage.get(f"row.{name}") or self.stage.get(f"value.{name}.name", "")
        return f"{letter} <b>{escape(word)}</b>"

    def short_name(self, name: str, columns: int) -> str:
        """A value's letter, and its stage's name where there is room for it."""
        stages = {value: key for _, key, value in playing_order(self.exercise)}
        word = self.stage[f"stage.{stages[name]}.name"] if name in stages and columns <= MOST_COLUMNS else ""
        return f"{self.write.letter(name)} <b>{escape(word)}</b>"

    # ---- the sheet -----------------------------------------------------------------------------------------------

    def task(self, title: str, drawing: str) -> str:
        """The sheet's page, under its head."""
        worked = self.exercise.worked
        numbers = iter(range(1, 5))
        return "".join([
            f"<div class='{self.room}'><h1>{escape(title)}</h1><p class='task'>{self.reads()} "
            f"{self.say('task.do', decimals=self.words[f'decimals.{self.exercise.decimals}'])}</p>",
            f"<div class='beside'><figure>{drawing}<figcaption>{self.say('picture', day=1 + worked)}</figcaption>"
            f"</figure><div>{self.weights()}{self.start()}{self.order()}</div></div>",
            self.lookup(),
            self.followed(next(numbers)) if worked else "",
            self.heading(next(numbers), self.words["fill"], self.words[self.given_note()]) + self.table(),
            f"<div class='beside last'><div>{self.question(next(numbers))}</div>"
            f"<div>{self.think(next(numbers))}</div></div></div>",
        ])  # fmt: skip

    def heading(self, number: int, title: str, note: str = "") -> str:
        small = f" <small>{note}</small>" if note else ""
        return f"<h2><span>{number}</span> {escape(title)}{small}</h2>"

    def given_note(self) -> str:
        return "fill.few" if self.exercise.given == "few" else "fill.given"

    def reads(self) -> str:
        exercise = self.exercise
        key = "first" if exercise.left_out else "company" if exercise.company else "own"
        days = self.words[f"days.{exercise.steps}"]
        return self.say(f"task.{key}", days=days, last=exercise.steps, company=escape(exercise.company))

    def weights(self) -> str:
        """A table: a row for each formula with weights, a column for each thing that they multiply."""
        rows = {name: found for name in self.exercise.rows if (found := self.exercise.sources(name))}
        every = dict.fromkeys(source for row in rows.values() for source in row)
        columns = [source for source in every if source] + [source for source in every if not source]
        heads = "".join(
            f"<th scope='col'>{'× ' + self.write.letter(c) if c else '+ ' + self.words['bias']}</th>" for c in columns
        )
        lines = "".join(
            f"<tr><th scope='row'>{self.short_name(name, len(columns))}</th>"
            + "".join(f"<td>{self.write.weight(row[c]) if c in row else ''}</td>" for c in columns) + "</tr>"
            for name, row in rows.items()
        )  # fmt: skip
        return (
            f"<h2>{self.words['weights']}</h2><table class='weights'><thead><tr><td></td>{heads}</tr></thead>"
            f"<tbody>{lines}</tbody></table>"
        )

    def states(self, suffix: str = "") -> str:
        letters = [self.write.letter(name) + suffix for name in self.exercise.cell.graph.before]
        return f" {self.words['and']} ".join(letters)

    def start(self) -> str:
        return f"<h2>{self.words['start']}</h2><p>{self.states(' = 0')}</p>"

    def order(self) -> str:
        stages = ", ".join(f"{n} {escape(self.stage[f'stage.{key}.name'])}" for n, key, _ in
                           playing_order(self.exercise))  # fmt: skip
        return f"<h2>{self.words['order']}</h2><p>{stages}. {self.say('order.on', states=self.states())}</p>"

    # ---- what is looked up -------------------------------------------------------------------------------------------

    def lookup(self) -> str:
        """The table of σ and tanh, where it has the cell's numbers; else how they are computed. Other functions too."""
        tabled = [each for each in self.exercise.functions if each.key in TABLED and self.exercise.in_table]
        told = [self.say(f"function.{each.key}", half=self.write.number(Decimal("0.5"), 1))
                for each in self.exercise.functions
                if each not in tabled and f"function.{each.key}" in self.words]  # fmt: skip
        notes = [self.words[f"function.mirror_{each.key}"] for each in tabled]
        title = self.words["look_up" if tabled else "calculator"]
        rows = "".join(
            f"<tr><th scope='row'>{escape(each.symbol)}(<i class='letter'>z</i>)</th>"
            + "".join(f"<td>{self.write.number(applied(each, z), max(2, self.exercise.decimals))}</td>"
                      for z in LOOKED_UP) + "</tr>"
            for each in tabled
        )  # fmt: skip
        heads = "".join(f"<th scope='col'>{self.write.number(z, -int(z.as_tuple().exponent))}</th>" for z in LOOKED_UP)
        table = (
            f"<table class='lookup'><thead><tr><th scope='row'><i class='letter'>z</i></th>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table>" if tabled else ""
        )  # fmt: skip
        small = ", ".join(notes + told)
        return f"<h2>{title} <small>{small}</small></h2>{table}"

    def followed(self, number: int) -> str:
        lines = "".join(
            f"<li>{self.write.letter(name)} = {self.write.plugged_in(name, 0)}</li>" for name in self.exercise.rows
        )
        return f"{self.heading(number, self.words['follow'])}<ul class='followed'>{lines}</ul>"

    @property
    def room(self) -> str:
        """Which look leaves enough room: of long formulas, which stand alone, or of many; else the usual one."""
        written = [TAG.sub("", self.write.plugged_in(name, 0)) for name in self.exercise.rows]
        long = max(map(len, written)) > LONG
        return "dense long" if long else "dense" if self.cramped or len(written) > MOST_ROWS else ""

    # ---- the table ---------------------------------------------------------------------------------------------------

    def table(self, solved: bool = False) -> str:
        """Every value of every step: given ones in grey; blanks empty, or solved with what goes into the function."""
        steps = range(self.exercise.steps)
        heads = "".join(f"<th scope='col'>{self.day(step)}</th>" for step in steps)
        inputs = "".join(f"<td class='given'><b>{self.write.exact(x)}</b></td>" for x in self.exercise.x)
        rows = "".join(
            f"<tr><th scope='row'>{self.called(name)}</th><td class='formula'>{self.write.formula(name)}</td>"
            + "".join(self.cell(name, step, solved) for step in steps) + "</tr>"
            for name in self.exercise.rows
        )  # fmt: skip
        hidden = [f"<span class='said'>{self.words[word]}</span>" for word in ("value", "formula")]
        return (
            f"<table class='steps'><thead><tr><th scope='col'>{hidden[0]}</th><th scope='col'>{hidden[1]}</th>{heads}"
            f"</tr></thead><tbody><tr><th scope='row'>{self.called('x')}</th>"
            f"<td class='formula'>{self.words['given']}</td>{inputs}</tr>{rows}</tbody></table>"
        )

    def cell(self, name: str, step: int, solved: bool) -> str:
        line, blank = self.exercise.work[step][name], (name, step) in self.exercise.blanks
        number = self.write.number(line.value)
        if not blank:
            return f"<td class='given'>{number}</td>"
        if not solved:
            return f"<td class='blank'><span class='said'>{self.words['blank']}</span></td>"
        under = f"<small>{self.write.number(line.argument)}</small>" if line.argument is not None else ""
        return f"<td class='solved'><b>{number}</b>{under}</td>"

    # ---- questions ---------------------------------------------------------------------------------------------------

    def question(self, number: int) -> str:
        exercise = self.exercise
        key = "target" if exercise.target is not None else "change" if exercise.steps > 1 else "start"
        target = self.write.plain(exercise.target) if exercise.target is not None else ""
        text = self.say(
            f"answer.{key}", company=escape(exercise.company), target=target, last=exercise.steps,
            output=self.write.letter(exercise.output),
        )  # fmt: skip
        title = self.heading(number, self.say("answer.title", last=exercise.steps))
        return f"{title}<p>{text} <span class='box'><span class='said'>{self.words['blank']}</span></span></p>"

    def think(self, number: int) -> str:
        exercise = self.exercise
        gates = " ".join(map(self.write.letter, exercise.gates))
        text = self.say(
            "think.gates" if len(exercise.gates) > 1 else "think.alone",
            x=self.write.letter("x"), other=self.write.exact(otherwise(exercise).x), gates=gates,
            output=self.write.letter(exercise.output),
        )  # fmt: skip
        left = self.say("think.left", memory=self.write.letter(exercise.memory), last=exercise.steps)
        texts = [text, left] if exercise.steps > 1 else [text]
        lines = "<div class='line'></div>" * max(2, 7 - len(exercise.rows))
        return f"{self.heading(number, self.words['thinking'])}<p>{' '.join(texts)}</p>{lines}"

    # ---- the key -----------------------------------------------------------------------------------------------------

    def key(self, title: str) -> str:
        """The key's page, under its head."""
        exercise = self.exercise
        first = 1 + exercise.worked
        found = slips(exercise)
        told = "".join(f"<li>{self.slip(each)}</li>" for each in found)
        return "".join([
            f"<h1>{escape(self.words['key'])}: {escape(title)}</h1>",
            f"<p class='task'>{self.say('key.about', tolerance=self.write.number(exercise.tolerance))}</p>",
            self.weights(),
            self.heading(first, self.words["fill"], self.words["key.bold"]) + self.table(solved=True),
            self.heading(first + 1, self.say("answer.title", last=exercise.steps)),
            f"<p class='answer'><b>{self.write.number(answer(exercise))}</b></p>",
            self.heading(first + 2, self.words["thinking"]) + f"<p>{self.thought()}</p>",
            f"<h2>{self.words['slips']}</h2><ul class='slips'>{told}</ul>" if found else "",
        ])  # fmt: skip

    def thought(self) -> str:
        """The answer to the last question."""
        exercise, other = self.exercise, otherwise(self.exercise)
        names = exercise.gates if len(exercise.gates) > 1 else [exercise.output]
        pairs = [self.pair(name, exercise.work[0][name].value, other.work[0][name].value) for name in names]
        most = max(other.change(exercise, name) for name in names)
        largest = [self.write.letter(name) for name in names if other.change(exercise, name) == most]
        text = (
            self.say("think.key.gates", list=", ".join(pairs), most=", ".join(largest)) if len(names) > 1 else pairs[0]
        )
        if exercise.steps == 1:
            return text
        here, there = (work[-1][exercise.memory].value for work in (exercise.work, other.work))
        return f"{text} " + self.say(
            "think.key.left", last=exercise.steps, memory=self.write.letter(exercise.memory),
            here=self.write.number(here), there=self.write.number(there),
        )  # fmt: skip

    def pair(self, name: str, here: Decimal, there: Decimal) -> str:
        letter, *numbers = self.write.letter(name), *map(self.write.number, (here, there))
        return self.say("think.key.pair", letter=letter, here=numbers[0], there=numbers[1])

    def slip(self, slip: Slip) -> str:
        right = self.exercise.work[slip.step][slip.name].value
        about = self.write.weight(slip.about) if slip.kind == "sign" else self.write.letter(slip.about)
        about = escape(slip.about) if slip.kind == "function" else about
        return self.say(
            f"slip.{slip.kind}", weight=about, function=about, state=about, gate=about,
            letter=self.write.letter(slip.name), day=slip.step + 1,
            wrong=self.write.number(slip.wrong), right=self.write.number(right),
        )  # fmt: skip
