"""The lessons ask questions whose answers the core computes; what surrounds them finds and explains."""

import re
from dataclasses import replace

import numpy as np
import pytest

from app.components.valve import PLACES, valve
from app.controls.examples import INPUTS
from app.controls.kinds import KINDS
from app.frame.search import places
from app.i18n import LANGUAGES, labels, sections
from app.lessons.compare import model as choosing
from app.lessons.gru import model as blending
from app.lessons.lstm import model as gates
from app.lessons.rnn import model as echo
from app.lessons.rnn.pictures import WORK, chain, work
from app.lessons.variants import model as family
from app.page.glossary import entries, opened, spellings
from app.page.page import LESSONS
from cells import CELLS, GRU, LSTM
from tests.page.test_every_page import opened as page
from tests.page.test_every_page import text

# ---- what the lessons ask --------------------------------------------------------------------------------------------


def test_what_the_forget_gate_leaves_of_a_memory():
    controls = gates.ADDRESS.defaults
    shares = {name: gates.left(gates.run_of(replace(controls, weights=w))) for name, w in gates.PRESETS.items()}
    assert shares["leak"] == pytest.approx((1 / (1 + np.exp(-1.0))) ** 7, rel=1e-9)
    assert [gates.amount(shares[name]) for name in ("leak", "hold", "drop")] == ["some", "most", "hardly"]


def test_the_lstms_challenge():
    controls = gates.ADDRESS.defaults
    assert gates.goal(controls) == "untouched"
    assert gates.goal(replace(controls, weights=controls.weights | {"b_f": 2.0})) == "one"
    assert gates.goal(replace(controls, weights=gates.PRESETS["hold"])) == "solved"
    assert gates.goal(replace(controls, weights=controls.weights | {"b_f": 5.0, "b_o": 1.0})) == "many"
    assert gates.goal(replace(controls, days={"x": (1.0, 1.0)})) == "days"


def test_the_grus_four_readings():
    controls = blending.ADDRESS.defaults
    found = blending.answers(controls)
    assert len(set(found.values())) == 4
    trace = blending.Blend("after", "keep").traces(controls)["x"]
    assert found["after_keep"] == trace["h"][-1, 0, 0]
    keep, write = (abs(trace[name][-1].item()) for name in ("keep", "write"))
    assert blending.larger_part(trace) == ("kept" if keep > write else "written")
    assert set(blending.Blend("after", "keep", beside=True).traces(controls)) == {"x", "lstm"}


def test_the_grus_challenge():
    controls = blending.ADDRESS.defaults
    blend = blending.Blend("after", "keep")

    def goal(**weights):
        moved = replace(controls, weights=controls.weights | weights)
        return blending.goal(moved, blend.traces(moved)["x"])

    assert [goal(), goal(b_z=8.0), goal(b_n=1.0)] == ["open", "solved", "others"]
    edited = replace(controls, days={"x": (0.0, 0.0)})
    assert blending.goal(edited, blend.traces(edited)["x"]) == "days"


def test_what_the_rnn_still_hears():
    controls = echo.ADDRESS.defaults
    deaf = replace(controls, weights=echo.PRESETS["deaf"])
    assert echo.first_day_matters(controls) == "yes"
    assert echo.difference(deaf) == 0
    assert echo.first_day_matters(deaf) == "no"
    assert [echo.goal(controls), echo.goal(deaf)] == ["untouched", "solved"]
    assert echo.goal(replace(controls, weights=controls.weights | {"b_h": -0.48})) == "one"


@pytest.mark.parametrize("name", family.VARIANTS)
def test_a_variant_and_the_usual_cell_share_their_weights(name):
    variant = family.VARIANTS[name]
    controls = family.address_of(variant).defaults
    usual, own = family.Pair(variant, True).traces(controls).values()
    for parameter in set(usual.cell.parameters) & set(own.cell.parameters):
        assert usual.cell.parameters[parameter] == own.cell.parameters[parameter]
    assert family.ends(variant, controls) == (usual["h"][-1].item(), own["h"][-1].item())
    assert family.ends(variant, controls)[0] != family.ends(variant, controls)[1]


def test_parameters_a_variant_gains_and_loses():
    assert family.parameters(family.VARIANTS["peephole"]) == ("p_f", "p_i", "p_o")
    assert family.parameters(family.VARIANTS["coupled"]) == ("−U_i", "−W_i", "−b_i")
    assert family.parameters(family.VARIANTS["hard"]) == ()


def test_the_figures_by_which_to_choose():
    torch = pytest.importorskip("torch")
    for name, module in {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}.items():
        layers = {"rnn": 1, "lstm": 4, "gru": 3}[name]
        theirs = sum(p.numel() for p in module(INPUTS, 16).parameters())
        # torch has a second bias in every layer; ours has one, but for the GRU's candidate
        assert choosing.count(CELLS[name], 16) == theirs - 16 * layers + (16 if name == "gru" else 0)
    assert choosing.figures("lstm", 16).memory == 2 * choosing.figures("gru", 16).memory == 32
    best = choosing.most_units()
    assert choosing.count(GRU, best) <= choosing.count(LSTM, 16) < choosing.count(GRU, best + 1)
    assert [choosing.goal(best - 1), choosing.goal(best), choosing.goal(best + 1)] == ["more", "solved", "less"]
    reach = {name: choosing.figures(name, 16).reach for name in KINDS}
    assert reach["rnn"] < reach["gru"] < reach["lstm"]


# ---- their pages -----------------------------------------------------------------------------------------------------

SOLVED = {"rnn": {"h": "0.1,1.6,-0.49"}, "lstm": {"f": "0,0,5"}, "gru": {"z": "0,0,9"}}
ASKED = {
    "rnn": ("heard", "yes"),
    "lstm": ("left", "some"),
    "gru": ("larger", "written"),
    "compare": ("times", "4"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", ASKED)
def test_a_prediction_is_told_only_when_given(lesson, language):
    question, answer = ASKED[lesson]
    test = page(lesson, lang=language)
    assert labels(language)["predict.right"] not in text(test)
    test.button_group(key=f"{lesson}-{question}").set_value(answer).run()
    assert not test.exception
    assert labels(language)["predict.right"] in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("lesson", "query"), SOLVED.items())
def test_a_challenge_is_solved_by_the_address(lesson, query, language):
    assert not page(lesson, lang=language).success
    assert page(lesson, lang=language, **query).success


@pytest.mark.parametrize("name", family.VARIANTS)
@pytest.mark.parametrize("beside", family.BESIDE)
def test_every_variant_opens(name, beside):
    assert labels("en", "variants")[f"about.{name}"] in text(page("variants", cell=name, beside=beside))


@pytest.mark.parametrize(("lesson", "name"), [("gru", "reset"), ("variants", "cell"), ("memory", "text")])
def test_an_unknown_choice_is_told(lesson, name):
    test = page(lesson, **{name: "<b>nothing</b>"})
    assert any(f"`{name}`" in warning.value for warning in test.warning)


# ---- pictures --------------------------------------------------------------------------------------------------------


def test_the_chain_shows_the_run():
    controls = echo.ADDRESS.defaults
    words = {"chain": "", "folded": "", "step": "{n}"}
    drawn = [element.text for element in chain(echo.run_of(controls), words).iter("text")]
    for value in echo.run_of(controls)["h"].ravel().tolist():
        assert f"{value:.3f}".replace("-", "−") in drawn
    long = replace(controls, days={"x": (0.5,) * 30})
    assert sum(t == "tanh" for t in (e.text for e in chain(echo.run_of(long), words).iter("text"))) == 13


@pytest.mark.parametrize("shape", WORK)
def test_a_shape_of_work_reads_and_says_where_it_should(shape):
    tokens = [e.get("class") for e in work(shape, "").iter("rect")]
    assert tokens.count("token x") == len(WORK[shape].reads)
    assert tokens.count("token h") == len(WORK[shape].says)


def test_a_valve_prints_its_own_curve():
    drawn = valve("sigmoid", "")
    assert len(drawn["points"]) == PLACES
    assert (drawn["in"][160], drawn["out"][160], drawn["percent"][160], drawn["floor"]) == ("2.00", "0.881", "88", 0)
    assert valve("tanh", "")["floor"] == -1


# ---- finding and explaining ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_opens_where_it_is_first_used_and_nowhere_else(language):
    term, *_ = entries(language)["forget"]
    seen: set[str] = set()
    told = opened(f"# {term}\n\n[{term}](x) `{term}` {term}, {term}.", language, seen)
    assert told.count("gw-term") == 1
    assert told.startswith(f"# {term}\n\n[{term}](x) `{term}` <span")
    assert seen == {"forget"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_used_somewhere(language):
    seen: set[str] = set()
    for lesson in LESSONS:
        for section in sections(language, lesson).values():
            opened(section, language, seen)
    assert seen == set(spellings(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_parts_and_terms_can_be_found(language):
    found = places(language, tuple(LESSONS))
    assert [place.page for place in found[: len(LESSONS)]] == LESSONS
    assert any(place.page == "glossary" and entries(language)["gate"][0] in place.name for place in found)
    assert len({place.name for place in found}) == len(found)
    assert not any(re.match(labels(language)["heading.predict"], place.name) for place in found)


def test_finding_a_lesson_goes_there():
    test = page("memory")
    place = next(p for p in places("en", tuple(LESSONS)) if p.page == "gru")
    test.selectbox(key="find").select(place).run()
    assert not test.exception
    assert "# The GRU" in text(test)
