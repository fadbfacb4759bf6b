"""Home: a network that remembers, where to begin, and what there is."""

from app.components.companies import companies
from app.components.progress import lessons, start
from app.page import open_page
from app.page.home import course, two_companies
from app.page.registry import address_of

page = open_page("home")
everything = course(page)

with page.part("hero"):
    with page.part("welcome"):
        page.say("welcome")
        start(everything)
        with page.part("entries"):
            page.html(page.label("entry.teach", href=address_of("lstm", teach="true")))
            page.html(page.label("entry.model", href=address_of("model")))
    companies(two_companies(page), page.labels("companies"), address_of("fourday"))
lessons(everything)
