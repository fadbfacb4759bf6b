"""The home page's course: every lesson once, in its group, with what it assumes."""

import json

from app.components.companies.data import Data
from app.components.progress.data import Course
from app.page.home import GROUPS, NEEDS, minutes
from app.page.registry import LESSONS, TASKS
from tests.page.test_every_page import opened
from tests.support.records import expect_exact


def test_every_lesson_stands_in_one_group_in_the_order_it_is_taught():
    sent = {one.proto.component_name: json.loads(one.proto.json) for one in opened("home").get("bidi_component")}
    course = sent["gatewalk_course"]
    expect_exact(course, Course)
    expect_exact(sent["gatewalk_start"], Course)
    expect_exact(sent["gatewalk_companies"], Data)
    assert [lesson["key"] for group in course["groups"] for lesson in group["lessons"]] == LESSONS
    assert [group["lessons"][0]["key"] for group in course["groups"]] == list(GROUPS.values())


def test_a_lesson_assumes_only_what_comes_before_it():
    assert all(LESSONS.index(before) < LESSONS.index(lesson) for lesson, before in NEEDS.items())


def test_more_text_and_more_tasks_take_longer():
    assert all(4 <= minutes(lesson) <= 20 for lesson in LESSONS)
    assert TASKS["fourday"] > TASKS["rnn"]
    assert minutes("fourday") > minutes("rnn")
