"""What every page is: its words, its settings, its stage, what is remembered of it."""

from app.page.lesson import Lesson, follow, later, open_lesson
from app.page.page import Page, open_page
from app.page.registry import LESSONS

__all__ = ["LESSONS", "Lesson", "Page", "follow", "later", "open_lesson", "open_page"]
