"""Both languages say the same things, each in its own words: the same sections, labels and placeholders."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import numpy as np
import pytest

from app.formatting import number, spread
from app.i18n import CONTENT, LANGUAGES, filled, labels, sections, stage_words
from app.page.registry import LESSONS, PLACES
from app.stage.layout import layout_of, worded
from tests.support.server import ROOT
from tests.support.stage_site import VARIANTS, cell_of
from tests.support.texts import MARKDOWN, TOML, all_texts

OTHERS = [language for language in LANGUAGES if language != "en"]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


def classes(text: str) -> set[str]:
    return set(re.findall(r'class="([^"]+)"', text))


def test_every_lesson_has_its_words():
    assert {"home", *PLACES, *LESSONS} == set(MARKDOWN)


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_files(language):
    assert {f.name for f in (CONTENT / language).iterdir()} == {f.name for f in (CONTENT / "en").iterdir()}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("page", MARKDOWN)
def test_the_same_sections(language, page):
    here, there = sections("en", page), sections(language, page)
    assert list(here) == list(there)
    for name, text in here.items():
        assert all([text, there[name]]), name
        assert placeholders(text) == placeholders(there[name]), name
        assert classes(text) == classes(there[name]), name
        assert text.count("\n- ") == there[name].count("\n- "), name


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("file", TOML)
def test_the_same_labels(language, file):
    here, there = labels("en", file), labels(language, file)
    assert list(here) == list(there)
    for key, text in here.items():
        assert bool(text.strip()) == bool(there[key].strip()), key
        assert placeholders(text) == placeholders(there[key]), key
        assert text.count("**") == there[key].count("**"), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_lesson_text_holds_only_plain_placeholders(language):
    for page in MARKDOWN:
        for text in sections(language, page).values():
            assert all(field is None or field.isidentifier() for _, field, _, _ in Formatter().parse(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_word_is_an_error(language):
    with pytest.raises(KeyError):
        sections(language, "fourday")["nowhere"]
    with pytest.raises(KeyError):
        labels(language)["nowhere"]
    with pytest.raises(KeyError):
        filled("{a} {b}", {"a": 1.0})


def test_numbers_look_as_on_the_stage():
    assert [number(-0.0004), number(-0.202), number(1), number(0.12345, 4)] == ["0.000", "−0.202", "1.000", "0.1235"]


def test_a_spread_is_the_median_and_the_quartiles():
    values = [5.0, 1.0, 2.0, 4.0, 3.0, 100.0, 0.0]
    assert spread(values, 1) == "3.0 (1.5–4.5)"
    assert [float(each) for each in re.findall(r"[\d.]+", spread(values, 1))] == [
        np.median(values), *np.percentile(values, [25, 75]),
    ]  # fmt: skip


# ---- no word without a user ------------------------------------------------------------------------------------------

HOLE = r"[\w.+-]+"
SCRIPT = re.compile(r"\"([^\"\n]*)\"|`([^`]*)`|\.(\w+)")  # of JavaScript: texts, templates, properties


def said(file: Path) -> Iterator[list[str]]:
    """What a file of code calls things by: texts, numbers, keywords; around values in them, the pieces."""
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".js":
        yield from (re.split(r"\$\{[^}]*\}", "".join(match)) for match in SCRIPT.findall(source))
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield re.split(r"\{[^}]*\}", "".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values))
        elif isinstance(node, ast.Constant):
            yield [f"{node.value}".strip(".")]
        elif isinstance(node, ast.keyword):
            yield [node.arg or ""]


@cache
def names() -> re.Pattern[str]:
    """Every name the code says; of those with values in them, the ones that say at least a word beside."""
    code = [file for room in ("app", "pages") for file in (ROOT / room).rglob("*.[jp][sy]")]
    pieces = {tuple(text) for file in code for text in said(file)}
    told = [text for text in pieces if len(text) == 1 or re.search(r"[a-z]{3}", "".join(text))]
    return re.compile("|".join(HOLE.join(map(re.escape, text)) for text in told))


def has_user(key: str) -> bool:
    """Whether a key can be cut, at its dots, into names that the code calls something by."""
    cuts = [match.start() for match in re.finditer(r"\.", key)]
    return bool(names().fullmatch(key)) or any(names().fullmatch(key[:at]) and has_user(key[at + 1 :]) for at in cuts)


@pytest.mark.parametrize("file", [file for file in TOML if file != "glossary"])
def test_every_label_has_a_user(file):
    assert [key for key in labels("en", file) if not has_user(key.rpartition("/")[2])] == []


@pytest.mark.parametrize("page", MARKDOWN)
def test_every_section_has_a_user(page):
    assert [name for name in sections("en", page) if not names().fullmatch(name)] == []


# ---- days and steps --------------------------------------------------------------------------------------------------

DAY = {
    "en": re.compile(r"\b(days?|today|yesterday|tomorrow)\b", re.IGNORECASE),
    "vi": re.compile(r"\b(ngày|hôm|mai)\b", re.IGNORECASE),
}
STEP = "step/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_speaks_of_days_has_one_that_speaks_of_steps(language):
    words = labels(language, "stage")
    steps = {key.removeprefix(STEP): text for key, text in words.items() if key.startswith(STEP)}
    days = {key: text for key, text in words.items() if not key.startswith(STEP) and DAY[language].search(text)}
    assert list(steps) == list(days)
    for key, text in steps.items():
        assert not DAY[language].search(text), key
        assert placeholders(text) == placeholders(days[key]), key
        assert text.count("**") == days[key].count("**"), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_where_a_timestep_is_a_step_no_cell_speaks_of_days(variant, language):
    """Whatever prefixes a text has: the layout's, the timestep's, or both."""
    layout = layout_of(cell_of(*VARIANTS[variant]))
    days, steps = (worded(layout, stage_words(language, timestep)) for timestep in ("day", "step"))
    assert list(days) == list(steps)
    assert [key for key, text in steps.items() if DAY[language].search(text)] == []
    assert days["step.one"] == labels(language, "stage")["step.one"] != steps["step.one"]


# ---- one language at a time -----------------------------------------------------------------------------------------

ACCENTED = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|which|that|this|with|from|into|what|how|when|where|your|you|it|its|has|have|for|by|each|every|only)\b",
    re.IGNORECASE,
)
APART = re.compile(
    r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\([^)]*\)|“[^”]*”|\{[^{}]*\}"
)  # code, links, tags, asides, quotations, values


def sentences(text: str) -> list[str]:
    """The sentences of a text, without what is quoted from another language."""
    return [piece for piece in re.split(r"(?<=[.!?:;])\s+|\n+", APART.sub(" ", text)) if piece.strip()]


def test_no_english_sentence_in_vietnamese():
    """Two little words of English in one sentence make it English; names of papers stand in links."""
    found = [(at, s) for at, text in all_texts("vi") for s in sentences(text) if len(ENGLISH.findall(s)) > 1]
    assert found == []


def test_no_vietnamese_sentence_in_english():
    found = [(at, s) for at, text in all_texts("en") for s in sentences(text) if len(ACCENTED.findall(s)) > 1]
    assert found == []


def test_no_text_is_the_same_in_both_languages_unless_it_is_a_name():
    there = dict(all_texts("vi"))
    same = [(at, text) for at, text in all_texts("en") if there[at] == text and len(ENGLISH.findall(text)) > 1]
    assert same == []


def test_no_formula_is_written_by_hand():
    """Equations are typeset from the cell that computes them; words hold none."""
    for language in LANGUAGES:
        assert [at for at, text in all_texts(language) if re.search(r"\$|\\\\(frac|sigma|odot|begin|tanh)", text)] == []
