"""What the panel *Take it with you* asks the server for: files of the stage, as its reader has it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from app.components.take.data import Words
from app.controls.address import Address, Controls, Runs
from app.controls.short_link import short_link
from app.i18n import LANGUAGES, Timestep, filled, labels, stage_words, table_of
from app.messages import Message, RefusedError
from app.page.answers import Answers
from app.page.page import Page
from app.stage.layout import layout_of, worded
from app.stage.scene import key_of
from cells import Trace

if TYPE_CHECKING:
    from app.export.files import File
    from app.export.sequence import Sequence

DIGITS = (3, 4)
FULL = 15  # decimals of a sheet that shows all


@dataclass(frozen=True)
class Made:
    """A file, or another answer."""

    body: bytes
    mime: str
    name: str = ""


@dataclass(frozen=True, eq=False)
class Taking(Answers):
    """What can be taken along of one stage, for as long as its page is open."""

    page: Page
    address: Address
    runs: Runs
    timestep: Timestep
    names: Mapping[str, str] = field(default_factory=dict)
    """The series' names, where they are not the lesson's own."""

    def controls(self, sent: object) -> Controls:
        """The browser's, checked as a commit's are; what is refused is as it is at first."""
        return self.address.check(sent, self.address.defaults)[0]

    def title(self, language: str, series: str) -> str:
        return f"{self.page_title(language)} · {self.called(language, series)}"

    def page_title(self, language: str) -> str:
        return labels(language)[f"lesson.{self.page.key}"]

    def called(self, language: str, series: str) -> str:
        return (self.names or table_of(language, self.page.key, "series")).get(series, series)

    def file(self, kind: File, series: str, trace: Trace, language: str, digits: int) -> Made:
        """A file of one run.

        Raises
        ------
        RefusedError
            Where there is none.
        """
        from app.export.names import names_of

        shown = self.sequence(series, trace)
        if why := kind.refused(shown):
            raise RefusedError(why.reason, **why.values)
        title = self.title(language, series)
        names = names_of(trace.cell, title, language, self.timestep, digits)
        made = kind.make(shown, names)
        body = made.encode() if isinstance(made, str) else made
        return Made(body, kind.mime, kind.name.format(stem=f"gatewalk-{self.page.key}-{series}"))

    def sequence(self, series: str, trace: Trace) -> Sequence:
        from app.export.sequence import Sequence

        return Sequence(trace, self.runs.targets.get(series))

    def offers(self, traces: Mapping[str, Trace], language: str) -> dict[str, dict[str, str | None]]:
        """By series and file, why there is no such file; None where there is one."""
        from app.export.files import CARDS

        words, files = labels(language, "export"), [file for card in CARDS.values() for file in card]
        shown = {series: self.sequence(series, trace) for series, trace in traces.items()}
        return {series: {file.key: said(words, file.refused(one)) for file in files} for series, one in shown.items()}

    def words(self, language: str) -> Words:
        """What the stage is written with in another language."""
        first = self.address.defaults
        traces = self.runs.traces(Controls(first.weights, first.days, tuple(first.days)))
        words = stage_words(language, self.timestep)
        return {
            "cells": {key_of(trace.cell): worded(layout_of(trace.cell), words) for trace in traces.values()},
            "names": {series: self.called(language, series) for series in traces},
            "title": self.page_title(language),
        }

    def answer(self, sent: object) -> Made | dict[str, object] | None:
        """A file, or what is to be sent as JSON; None where nothing such was asked for.

        Raises
        ------
        RefusedError
            Where there is no such file.
        """
        if not isinstance(sent, Mapping):
            return None
        language = sent.get("language")
        language = language if isinstance(language, str) and language in LANGUAGES else self.page.language
        address = sent.get("address")
        traces = self.runs.traces(self.controls(sent.get("controls")))
        match sent.get("file"):
            case "words":
                return {**self.words(language)}
            case "qr":
                return code(address, language) if isinstance(address, str) else None
            case "offers":
                link = short_link(address) if isinstance(address, str) else None
                return {"series": self.offers(traces, language), "link": link}
            case str(key):
                return self.run_file(key, traces, sent, language)
        return None

    def run_file(self, key: str, traces: Mapping[str, Trace], sent: Mapping[str, object], language: str) -> Made | None:
        from app.export.files import CARDS

        kind = next((file for card in CARDS.values() for file in card if file.key == key), None)
        series, digits = sent.get("series"), sent.get("digits")
        if kind is None or not isinstance(series, str) or series not in traces:
            return None
        decimals = digits if isinstance(digits, int) and digits in DIGITS else FULL
        return self.file(kind, series, traces[series], language, decimals)


def said(words: Mapping[str, str], why: Message | None) -> str | None:
    return None if why is None else filled(words[why.reason], why.values)


def code(address: str, language: str) -> Made:
    """The QR code of an address."""
    from app.export.link import qr_code

    drawn = qr_code(address, labels(language, "export")["take.qr"])
    if drawn is None:
        raise RefusedError("take.qr.long")
    return Made(tostring(drawn), "image/svg+xml", "gatewalk-link.svg")
