"""Home: what this is."""

from app.lessons import open_page

page = open_page("home")

with page.part("home"):
    page.say("welcome")
    page.say("how")
