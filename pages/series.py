"""Lesson: forecasting a series. Three cells learn it in windows, beside forecasts that cost nothing."""

from app.lessons.series.future.view import tomorrow_section
from app.lessons.series.sections import cuts_section, errors_section, sampling_section
from app.lessons.series.view import board, columns, questions, samples, tell_story
from app.page import open_page
from app.trained.stage import open_in_stage

page = open_page("series")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"):
        settings, after, trained = board(page)
    with page.part("body"):
        tell_story(page)
page.first()

with page.part("after"):
    with page.part("questions"):
        questions(page, trained)
    with page.part("card-tomorrow"):
        tomorrow_section(page, settings, after, trained)
    with page.part("card-errors"):
        errors_section(page, trained)
    with page.part("card-cuts"):
        cuts_section(page, trained)
    with page.part("card-sampling"):
        sampling_section(page, settings)
    with page.part("gates"):
        page.say("gates")
        open_in_stage(
            page, trained.runs, lambda run: samples(trained, run), columns=columns(page, trained.facts.settings)
        )
    page.reading()
    page.ending()
