"""Join a class by its code."""

from app.components.class_room import join
from app.i18n import labels
from app.page import open_page

page = open_page("join")

with page.part("join"):
    page.say("title")
    join(labels(page.language, "room"))
