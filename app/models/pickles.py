"""Pickles read as data: a machine of our own follows the opcodes, and every class and function stays a name.

Nothing is imported and nothing is called; what a pickle would have called becomes a `Box` that says so.  The opcodes
are those of https://docs.python.org/3/library/pickletools.html, which also cuts them out of the bytes.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

MOST_OPCODES = 2_000_000
"""More than any published model has; each makes at most one small object, and takes a time that no object decides."""
MOST_LETTERS, MOST_ARGUMENTS = 1000, 20
"""Of a name, and of a call that is understood: what is long may be shared, and would be gone through many times."""


class PickleError(ValueError):
    """A pickle that is damaged, or too long."""


@dataclass(frozen=True)
class Name:
    """What a pickle calls a class or a function: never looked up."""

    text: str


@dataclass(eq=False, slots=True)
class Box:
    """What a pickle would have made by calling something: the name, the arguments, and what was put in."""

    kind: str
    arguments: tuple[Any, ...] = ()
    state: Any = None
    items: dict[Any, Any] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)


Rebuild = Callable[..., Any]


class Machine:
    """Reads one pickle.

    Parameters
    ----------
    understood : dict of str to callable
        What is made of a call, by the name of what is called: our own functions, which make data of arguments.
    persistent : callable
        What is made of a persistent identifier.
    """

    def __init__(self, understood: dict[str, Rebuild], persistent: Rebuild):
        self.understood, self.persistent = understood, persistent
        self.asked: dict[str, None] = {}
        """The names of all that the pickle asked for."""
        self.identified: list[Any] = []
        """What was made of its persistent identifiers."""
        self.left = MOST_OPCODES

    def load(self, file: IO[bytes]) -> Any:
        """Return what the pickle at the file's position holds; the file is then behind it.

        Raises
        ------
        PickleError
            If it is no pickle, or too long.
        """
        self.stack: list[Any] = []
        self.below: list[list[Any]] = []
        self.memo: dict[int, Any] = {}
        for opcode, argument, _ in pickletools.genops(file):
            self.left -= 1
            if self.left < 0:
                raise PickleError("too many opcodes")
            name = opcode.name
            if name in PUSHED:
                self.stack.append(argument)
            elif name == "STOP":
                return self.stack.pop()
            else:
                STEPS[name](self, argument)
        raise PickleError("no end")

    def name(self, text: str) -> Name:
        if len(text) > MOST_LETTERS:
            raise PickleError("a name that is too long")
        text = text.replace(" ", ".", 1)
        self.asked[text] = None
        return Name(text)

    def push(self, value: Any) -> None:
        self.stack.append(value)

    def marked(self) -> list[Any]:
        """Return what was pushed since the last mark."""
        values, self.stack = self.stack, self.below.pop()
        return values

    def popped(self, count: int) -> list[Any]:
        if len(self.stack) < count:
            raise PickleError("nothing there")
        values = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        return values

    def called(self, what: Any, arguments: Any) -> Any:
        if not isinstance(arguments, tuple):
            raise PickleError("a call without arguments")
        name = what.text if isinstance(what, Name) else type(what).__name__
        rebuild = self.understood.get(name)
        return rebuild(*arguments) if rebuild and len(arguments) <= MOST_ARGUMENTS else Box(name, arguments)


PUSHED = frozenset({
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT", "STRING", "BINSTRING",
    "SHORT_BINSTRING", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8", "UNICODE", "SHORT_BINUNICODE",
    "BINUNICODE", "BINUNICODE8",
})  # fmt: skip


def key(value: Any) -> Any:
    """Return what may be the key of a dict.

    A tuple's hash would follow it to any depth, and large whole numbers can be chosen so that their hashes are equal.
    """
    small = isinstance(value, int) and abs(value) < 2**32
    return value if small or value is None or isinstance(value, (str, bytes)) else Box("key", (value,))


def pairs(values: list[Any]) -> dict[Any, Any]:
    if len(values) % 2:
        raise PickleError("a key without a value")
    return {key(k): v for k, v in zip(values[::2], values[1::2], strict=True)}


def put_items(target: Any, items: dict[Any, Any]) -> None:
    if isinstance(target, Box):
        target.items.update(items)
    elif isinstance(target, dict):
        target.update(items)
    else:
        raise PickleError("items of what has none")


def put_values(target: Any, values: list[Any]) -> None:
    if isinstance(target, Box):
        target.values.extend(values)
    elif isinstance(target, list):
        target.extend(values)
    else:
        raise PickleError("values of what has none")


def build(machine: Machine, _: Any) -> None:
    (state,) = machine.popped(1)
    if isinstance(target := machine.stack[-1], Box):
        target.state = state


def put(machine: Machine, place: Any) -> None:
    place = len(machine.memo) if place is None else place
    if not 0 <= place < 2**32:
        raise PickleError("a memo that is too large")
    machine.memo[place] = machine.stack[-1]


def mark(machine: Machine, _: Any) -> None:
    machine.below.append(machine.stack)
    machine.stack = []


def pop(machine: Machine, _: Any) -> None:
    if machine.stack:
        machine.stack.pop()
    else:
        machine.marked()


def persist(machine: Machine, argument: Any) -> None:
    identifier = machine.popped(1)[0] if argument is None else argument
    machine.identified.append(machine.persistent(identifier))
    machine.push(machine.identified[-1])


def stack_global(machine: Machine, _: Any) -> None:
    module, name = machine.popped(2)
    if not (isinstance(module, str) and isinstance(name, str) and len(module) + len(name) < MOST_LETTERS):
        raise PickleError("a name that is none")
    machine.push(machine.name(f"{module} {name}"))


def object_of_marked(machine: Machine, _: Any) -> None:
    what, *arguments = machine.marked()
    machine.push(machine.called(what, tuple(arguments)))


def instance_of_marked(machine: Machine, name: Any) -> None:
    arguments = machine.marked()
    machine.push(machine.called(machine.name(name), tuple(arguments)))


def new(machine: Machine, _: Any) -> None:
    what, arguments = machine.popped(2)
    machine.push(machine.called(what, arguments))


def new_with_keywords(machine: Machine, _: Any) -> None:
    what, arguments, keywords = machine.popped(3)
    machine.push(Box(what.text if isinstance(what, Name) else "", (arguments, keywords)))


def refuse(machine: Machine, _: Any) -> None:
    raise PickleError("data outside the file")


def constant(value: Any) -> Rebuild:
    return lambda machine, _: machine.push(value)


def fresh(make: Callable[[], Any]) -> Rebuild:
    return lambda machine, _: machine.push(make())


def last(count: int) -> Rebuild:
    return lambda machine, _: machine.push(tuple(machine.popped(count)))


def of_marked(make: Callable[[list[Any]], Any]) -> Rebuild:
    return lambda machine, _: machine.push(make(machine.marked()))


def of_one(put: Callable[[Any, Any], None], make: Callable[[list[Any]], Any], count: int) -> Rebuild:
    def step(machine: Machine, _: Any) -> None:
        values = machine.popped(count)
        put(machine.stack[-1], make(values))

    return step


def of_many(put: Callable[[Any, Any], None], make: Callable[[list[Any]], Any]) -> Rebuild:
    def step(machine: Machine, _: Any) -> None:
        values = machine.marked()
        put(machine.stack[-1], make(values))

    return step


STEPS: dict[str, Rebuild] = {
    "PROTO": lambda machine, _: None,
    "FRAME": lambda machine, _: None,
    "NONE": constant(None),
    "NEWTRUE": constant(True),
    "NEWFALSE": constant(False),
    "EMPTY_LIST": fresh(list),
    "EMPTY_DICT": fresh(dict),
    "EMPTY_TUPLE": constant(()),
    "EMPTY_SET": fresh(lambda: Box("set")),
    "LIST": of_marked(list),
    "TUPLE": of_marked(tuple),
    "DICT": of_marked(pairs),
    "FROZENSET": of_marked(lambda values: Box("frozenset", values=values)),
    "TUPLE1": last(1),
    "TUPLE2": last(2),
    "TUPLE3": last(3),
    "APPEND": of_one(put_values, list, 1),
    "APPENDS": of_many(put_values, list),
    "ADDITEMS": of_many(put_values, list),
    "SETITEM": of_one(put_items, pairs, 2),
    "SETITEMS": of_many(put_items, pairs),
    "MARK": mark,
    "POP": pop,
    "POP_MARK": lambda machine, _: machine.marked(),
    "DUP": lambda machine, _: machine.push(machine.stack[-1]),
    "PUT": put,
    "BINPUT": put,
    "LONG_BINPUT": put,
    "MEMOIZE": put,
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), lambda machine, place: machine.push(machine.memo[place])),
    "GLOBAL": lambda machine, name: machine.push(machine.name(name)),
    "STACK_GLOBAL": stack_global,
    **dict.fromkeys(("EXT1", "EXT2", "EXT4"), lambda machine, code: machine.push(machine.name(f"ext {code}"))),
    "REDUCE": new,
    "NEWOBJ": new,
    "NEWOBJ_EX": new_with_keywords,
    "OBJ": object_of_marked,
    "INST": instance_of_marked,
    "BUILD": build,
    "PERSID": persist,
    "BINPERSID": persist,
    "NEXT_BUFFER": refuse,
    "READONLY_BUFFER": refuse,
}
