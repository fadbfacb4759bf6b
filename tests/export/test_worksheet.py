"""Worksheets: every printed digit of 200 keys, worked out once more from what the paper gives."""

import re
from decimal import Decimal
from random import Random

import pytest

from app.controls.address import Controls
from app.controls.examples import COMPANIES, TWO_COMPANIES, TWO_COMPANIES_ADDRESS
from app.export.sequence import Sequence
from app.export.worksheet.cells import CELLS, address_of
from app.export.worksheet.document import Sheet, html
from app.export.worksheet.exercise import Exercise, short
from app.export.worksheet.key import answer, otherwise, slips
from app.export.worksheet.of_run import refused, worksheet
from app.lessons.worksheet.model import Wish
from app.messages import RefusedError
from cells import LSTM, run
from cells.by_hand import Paper, decimal
from tests.support.hand_steps import STEPS, Hand
from tests.support.printed import letter, number, pages


def wish(cell="lstm", numbers="seed", steps=4, decimals=2, given="some", seed=1, sheets=1, **days):
    defaults = address_of(cell).defaults
    controls = Controls(defaults.weights, {**defaults.days, **days}, defaults.show)
    return Wish(cell, numbers, steps, decimals, given, seed, sheets, controls)


def printed(wish, language="en", **how):
    return html(wish.made("http://localhost/worksheet", {}), wish.cell, language, **how)


def weights_of(page):
    """By row and by what they multiply, which is nothing of a bias."""
    head, *rows = page.tables["weights"]
    columns = [cell.text.removeprefix("× ") if cell.text.startswith("×") else "" for cell in head[1:]]
    return {
        (letter(row), column): number(cell.text)
        for row in rows
        for column, cell in zip(columns, row[1:], strict=True)
        if cell.text
    }


def worked_again(cell, page, steps):
    """Every row of every step, from the sheet's weights and inputs alone."""
    rows = {letter(row): row for row in page.tables["steps"][1:]}
    given = [one.text for row in page.tables["steps"][2:] for one in row[2:] if one.kind == "given"]
    x = [number(one.text) for one in rows["x"][2:]]
    assert len(x) == steps
    decimals = {len(text.replace(",", ".").partition(".")[2]) for text in given}
    hand = Hand(weights_of(page), decimals.pop() if decimals else 2, hard=cell == "hard")
    assert not decimals
    states, found = {"h": Decimal(0), "c": Decimal(0)}, []
    for value in x:
        found.append(STEPS[cell](hand, value, states))
        states = {name: found[-1][name][1] for name in states if name in found[-1]}
    return found


SAMPLE = Random(2026)
SHEETS = [
    (name, number, SAMPLE.choice((2, 3, 4)), SAMPLE.choice((1, 2, 3)), SAMPLE.choice(("few", "some", "many")),
     SAMPLE.choice(("en", "vi")))
    for name in CELLS for number in range(1, 21)
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_each_digit_of_a_key_follows_from_what_its_sheet_gives(cell):
    seen = 0
    for name, seed, steps, decimals, given, language in SHEETS:
        if name != cell:
            continue
        asked = wish(cell, steps=steps, decimals=decimals, given=given, seed=seed)
        sheet, key = pages(printed(asked, language))
        assert (sheet.kind, key.kind) == ("sheet", "key")
        again = worked_again(cell, sheet, steps)
        assert weights_of(key) == weights_of(sheet)
        blanks = 0
        for above, below in zip(sheet.tables["steps"][2:], key.tables["steps"][2:], strict=True):
            assert letter(above) == letter(below)
            for step, (asked_for, told) in enumerate(zip(above[2:], below[2:], strict=True)):
                total, value = again[step][letter(above)]
                if asked_for.kind == "given":
                    assert number(asked_for.text) == number(told.text) == value
                    continue
                blanks += 1
                assert (asked_for.kind, told.kind) == ("blank", "solved")
                assert asked_for.text == {"en": "blank", "vi": "ô trống"}[language]
                assert number(told.parts["b"]) == value
                assert (number(told.parts["small"]) if "small" in told.parts else None) == total
        last = again[-1]["h"][1] - again[-2]["h"][1]
        assert number(key.answer) == abs(last)
        assert blanks == sum(cell.kind == "solved" for row in key.tables["steps"] for cell in row) > 0
        seen += 1
    assert seen == 20


@pytest.mark.parametrize("cell", CELLS)
def test_a_key_is_near_the_exact_numbers(cell):
    for seed in range(1, 8):
        for decimals in (1, 2, 3):
            exercise = wish(cell, decimals=decimals, seed=seed).exercise(0)
            exact = run(exercise.cell, [[[float(x)]] for x in exercise.x])
            off = [
                abs(decimal(exact[name].ravel()[step].item()) - line.value)
                for step, lines in enumerate(exercise.work)
                for name, line in lines.items()
            ]
            assert max(off) <= exercise.tolerance == 2 * Decimal(1).scaleb(-decimals)
            assert exercise.in_table


def test_the_days_of_company_a_are_the_designed_sheet():
    exercise = wish(numbers="A").exercise(0)
    day1 = {name: str(line.value) for name, line in exercise.work[0].items()}
    assert day1 == {"f": "0.83", "i": "0.65", "g": "-0.31", "c": "-0.20", "o": "0.64", "h": "-0.13"}
    given = {(name, step + 1) for name in exercise.rows for step in range(1, 4)} - {
        (name, step + 1) for name, step in exercise.blanks
    }
    assert given == {("f", 2), ("i", 3), ("g", 3), ("o", 4)}
    assert len(exercise.blanks) == 14
    sheet, key = pages(printed(wish(numbers="A")))
    assert "f = σ(2.70·0 + 1.63·0 + 1.62) = σ(1.62) = 0.83" in sheet.text
    assert "g = tanh(1.41·0 + 0.94·0 − 0.32) = tanh(−0.32) = −0.31" in sheet.text
    assert "h = 0.64·tanh(−0.20) = −0.13" in sheet.text
    assert "Company A should end at 0" in sheet.text
    assert "±0.02" in key.text


def test_a_number_is_asked_for_where_the_last_answer_is_never_given():
    for cell in CELLS:
        for steps in (1, 2, 3, 4):
            few, some, many = (
                wish(cell, steps=steps, given=given).exercise(0).blanks for given in ("few", "some", "many")
            )
            assert few >= some
            assert many <= few
            assert ("h", steps - 1) in many
    lstm = [len(wish(given=given).exercise(0).blanks) for given in ("few", "some", "many")]
    assert lstm == [18, 14, 9]


def test_vietnamese_has_a_decimal_comma_and_the_same_numbers():
    english, vietnamese = (pages(printed(wish(seed=3), language)) for language in ("en", "vi"))
    for one, other in zip(english, vietnamese, strict=True):
        for name, rows in one.tables.items():
            if name == "weights":
                continue
            for row, twin in zip(rows[1:], other.tables[name][1:], strict=True):
                for here, there in zip(row[2:], twin[2:], strict=True):
                    if here.kind != "blank":
                        assert there.text == here.text.replace(".", ",")
    assert not re.search(r"\d\.\d", "".join(page.text.partition("http")[0] for page in vietnamese))


def test_thirty_neighbours_have_thirty_sheets_and_each_seed_is_its_own():
    asked = wish("gru", seed=11, sheets=30)
    made = pages(printed(asked))
    assert [page.kind for page in made] == ["sheet"] * 30 + ["key"] * 30
    assert len({str(weights_of(page)) for page in made[:30]}) == 30
    assert [str(weights_of(page)) for page in made[:30]] == [str(weights_of(page)) for page in made[30:]]
    alone = pages(printed(wish("gru", seed=17)))
    assert weights_of(alone[0]) == weights_of(made[6])
    assert "seed 17" in made[6].text
    assert "seed 17" in made[36].text
    assert "Worksheet 7 of 30" in made[6].text
    assert "page 37 of 60" in made[36].text


def test_a_class_set_has_no_keys():
    made = pages(printed(wish(sheets=3), keys=False))
    assert [page.kind for page in made] == ["sheet"] * 3
    assert "solved" not in printed(wish(sheets=3), keys=False).split("</style>")[1]
    assert "Key on page" not in made[0].text


def test_tables_have_heads_and_pictures_a_name():
    made = printed(wish())
    for page in pages(made):
        for rows in page.tables.values():
            assert all(cell.tag == "th" for cell in rows[0][1:])
            assert all(row[0].tag == "th" for row in rows[1:])
    assert 'role="img" aria-label="The cell, with an empty box for each of its values"' in made
    assert made.count("<svg") == 1 + 1 + 2  # the drawing, where it is seen, and a logo on each page


def test_words_of_a_reader_are_words():
    heading = "</style><script>alert(1)</script><b>8B"
    made = printed(wish(), heading=heading)
    assert "<script" not in made
    assert heading in pages(made)[0].text
    sheet = Sheet(wish().exercise(0), 'http://x/"><script>?a=1&b=2')
    assert "<script" not in html([sheet], "lstm", "en")


def test_numbers_beyond_the_table_have_a_calculator():
    far = wish(numbers="own", x=(9.0, 9.0)).exercise(0)
    assert not far.in_table
    made = pages(html([Sheet(far)], "lstm", "en"))
    assert "lookup" not in made[0].tables
    assert "σ(z) = 1 / (1 + e−z)" in made[0].text
    assert "lookup" in pages(printed(wish()))[0].tables
    hard = pages(printed(wish("hard")))[0]
    assert "z / 6 + 0.5" in hard.text
    assert [letter(row) for row in hard.tables["lookup"]] == ["z", "tanh(z)"]


def test_of_a_longer_series_the_first_days_are_asked_for():
    asked = wish(numbers="own", x=tuple(float(n) / 8 for n in range(9)))
    assert asked.exercise(0).x == short([0, 0.125, 0.25, 0.375])
    assert "the first four days of a longer series" in pages(printed(asked))[0].text


def test_one_day_is_all_asked_for():
    sheet, key = pages(printed(wish(steps=1)))
    assert "Follow day 1" not in sheet.text
    assert sum(cell.kind == "blank" for row in sheet.tables["steps"] for cell in row) == 4
    assert number(key.answer) == abs(wish(steps=1).exercise(0).work[0]["h"].value)


def test_slips_are_wrong_by_more_than_is_accepted():
    found = set()
    for cell in CELLS:
        for seed in range(1, 6):
            exercise = wish(cell, seed=seed).exercise(0)
            for slip in slips(exercise):
                right = exercise.work[slip.step][slip.name].value
                assert abs(slip.wrong - right) > exercise.tolerance
                found.add(slip.kind)
    assert found == {"sign", "function", "before", "swap", "past"}


def test_the_slips_of_company_a():
    exercise = wish(numbers="A").exercise(0)
    told = {slip.kind: (slip.about, slip.name, slip.step, str(slip.wrong)) for slip in slips(exercise)}
    # 1.41·(−0.10) + 0.94·0.25 + 0.32 = 0.41, whose tanh is 0.39; and 0.42·tanh(−0.33) = −0.13
    assert told["sign"] == ("b_g", "g", 2, "0.39")
    assert told["before"] == ("c", "h", 3, "-0.13")


def test_the_answers_of_company_a_are_the_run_of_company_b():
    exercise = wish(numbers="A").exercise(0)
    other = otherwise(exercise)
    twin = Exercise(exercise.cell, short(COMPANIES["B"]))
    assert other.work == twin.work
    assert answer(exercise) == abs(exercise.work[-1]["h"].value)


def test_by_hand_halves_go_away_from_zero_and_there_is_no_minus_zero():
    paper = Paper(CELLS["rnn"].cell({"U_h": 1, "W_h": 1, "b_h": 0}), ("a", "h"))
    assert [str(paper.rounded(Decimal(text))) for text in ("0.125", "-0.125", "-0.004", "0.135")] == [
        "0.13", "-0.13", "0.00", "0.14",
    ]  # fmt: skip


def test_by_hand_takes_one_unit_alone():
    with pytest.raises(ValueError, match="one unit"):
        Paper(LSTM.random(1, 2, seed=0), ("f",))
    with pytest.raises(ValueError, match="unknown value"):
        Paper(LSTM.random(1, 1, seed=0), ("q",))


def test_the_worksheet_of_a_run_is_that_of_its_weights_and_first_days():
    weights = {**TWO_COMPANIES_ADDRESS.defaults.weights, "b_f": 1.123456}
    (trace,) = TWO_COMPANIES.traces(Controls(weights, COMPANIES, ("B",))).values()
    sheet, _ = pages(worksheet(Sequence(trace, 1.0), "en"))
    assert weights_of(sheet)["f", ""] == Decimal("1.123")
    assert [cell.text for cell in sheet.tables["steps"][1][2:]] == ["1.00", "0.50", "0.25", "1.00"]
    assert "Company B should end at 1.00" in sheet.text
    assert refused(trace) is None
    assert refused(run(LSTM.random(1, 2, seed=0), [[1.0]])).reason == "refused.worksheet"
    assert refused(run(LSTM.random(1, 1, seed=0, clip=1.0), [[1.0]])).reason == "refused.worksheet"
    with pytest.raises(RefusedError):
        worksheet(Sequence(run(LSTM.random(2, 1, seed=0), [[1.0, 2.0]])), "en")
