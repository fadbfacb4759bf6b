"""docs/claims.md quotes what the lessons claim, and names what holds each claim."""

import re
from dataclasses import dataclass

import pytest

from app.i18n import labels, sections
from app.page.registry import LESSONS
from tests.support.server import ROOT

TABLE = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Claim:
    """One row of the table."""

    quoted: str
    where: str
    source: str
    held: str


CLAIMS = [Claim(*re.split(r" \| ", row[2:-2])) for row in TABLE.splitlines() if row.startswith("| ")][1:]


def text_of(where: str) -> str:
    place, name = where.split("/")
    return labels("en", place.removesuffix(".toml"))[name] if place.endswith(".toml") else sections("en", place)[name]


def plain(text: str) -> str:
    """A text as a reader sees it: without tags, marks and the addresses of links."""
    return re.sub(r"<[^>]*>|\*\*|\*|`|\]\([^)]*\)|\[", "", text)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.where)
def test_a_claim_is_in_its_lesson(claim):
    assert claim.quoted in plain(text_of(claim.where))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.where)
def test_a_claim_has_a_source_and_what_holds_it(claim):
    assert claim.source == "computed" or "<https://" in claim.source
    if claim.held in ("read", "cited"):
        assert claim.source != "computed"
        return
    file, test = claim.held.split("::")
    assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")


def links_of(language: str, lesson: str) -> list[str]:
    """The addresses that a lesson links to."""
    return [
        link for text in sections(language, lesson).values() for link in re.findall(r"\]\((https?://[^)]+)\)", text)
    ]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_source_of_a_lesson_is_in_the_table(lesson):
    assert [link for link in links_of("en", lesson) if f"<{link}>" not in TABLE] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_both_languages_name_the_same_sources(lesson):
    assert sorted(links_of("en", lesson)) == sorted(links_of("vi", lesson))
