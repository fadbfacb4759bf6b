"""Look inside your own model: a trained recurrent network from its file, every gate of every unit at every step."""

from app.lessons.model import sections, view
from app.lessons.model.beside.view import choose_beside
from app.lessons.model.overview import view as overview
from app.lessons.model.proof.view import proof
from app.lessons.model.unit import view as unit
from app.page import open_page

page = open_page("model")
view.loading(page)
held = view.held(page)

if held is None or view.bench().choosing:
    view.welcome(page)
else:
    place = view.strip(page, held)
    shown = None
    with page.part("own-model"):
        with page.part("own-file"), sections.drawer(page) as told:
            layer = sections.choose_layer(page, held)
            reading = sections.choose_input(page, held, layer) if layer else None
            told(layer, reading)
            beside = choose_beside(page, held, layer) if layer and reading else None
        if layer and reading:
            with page.part("own-units"):
                shown = overview.run(page, held, layer, reading, beside)
                if shown:
                    overview.units(shown)
            if shown:
                with page.part("own-cell"):
                    unit.cell(page, shown)
    if shown:
        with place:
            proof(page, held, shown)
        with page.part("own-more"):
            unit.more(page, shown)
