"""A class with the real server: a teacher, a student on a phone and one on a desk, each in a browser of their own."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1280, "height": 720}
NUMBERS = """() => [...new Set([...document.querySelectorAll("*")]
  .flatMap((one) => (one.shadowRoot ? [...one.shadowRoot.querySelectorAll(".gw-picture .layer-values .number")] : []))
  .map((number) => number.textContent).filter((text) => /\\d/.test(text)))].sort().join()"""
"""The numbers in the picture: a narrow one has the same as a wide one."""
EVERYTHING = """() => {
  const own = (one) => [...one.childNodes].map((node) => (node.nodeType === 3 ? node.data : "")).join(" ")
  const said = (root) => [...root.querySelectorAll("*:not(script, style)")]
    .map((one) => own(one) + (one.shadowRoot ? said(one.shadowRoot) : "")).join(" ")
  return said(document)
}"""
"""All text of a page, shown or not, shadow roots included."""
FITS = "document.scrollingElement.scrollHeight <= innerHeight"
ANSWER = re.compile(r"0\.969")
"""What `fourday` tells of Company B, once it is asked and answered."""


def open_class(teacher: Page) -> str:
    """Open a class on the lesson that is shown; its code."""
    teacher.get_by_role("button", name="Open a class").click()
    dialog = teacher.get_by_role("dialog", name="Class code")
    expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    return dialog.locator(".gw-code").inner_text().replace(" ", "")


def same_numbers(one: Page, other: Page) -> None:
    """Wait until a student's picture has the teacher's numbers."""
    expect(other.locator(".gw-picture .layer-values .number").first).to_be_visible()
    one.wait_for_function(f"(numbers) => ({NUMBERS})() === numbers", arg=other.evaluate(NUMBERS))


def test_a_class_from_its_code_to_its_end(tab, new_page, server):
    teacher = tab("teach=true&at=3.2&show=B&lang=en", answered=False, viewport=PROJECTOR).page
    code = open_class(teacher)

    phone = new_page(viewport=PHONE, has_touch=True)
    phone.goto(f"{server.address}/join")
    phone.get_by_label("Enter the code").fill("222 222")
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text("No class with this code.")).to_be_visible()
    phone.get_by_label("Enter the code").fill(f"{code[:3].lower()} {code[3:]}")
    phone.get_by_role("button", name="Join").click()
    desk = new_page(viewport=PROJECTOR)
    desk.goto(f"{server.address}/join?code={code}")
    for student in (phone, desk):
        expect(student.get_by_text("You see what the teacher sees")).to_be_visible()
        same_numbers(student, teacher)
        expect(student.get_by_role("button", name="play", exact=True)).to_be_hidden()
    expect(teacher.get_by_text("2 follow · 0 look around")).to_be_visible()

    # a drag: the same digits while the hand is still on it, and nothing sent to Streamlit
    frames: list[object] = []
    teacher.get_by_role("button", name="Weights").click()
    slider = teacher.get_by_role("slider", name="input, bias")
    box = slider.bounding_box()
    desk.reload()
    same_numbers(desk, teacher)
    desk.on("websocket", lambda socket: frames.append(socket))
    before = desk.evaluate(NUMBERS)
    teacher.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    teacher.mouse.down()
    teacher.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2, steps=12)
    for student in (phone, desk):
        same_numbers(student, teacher)
    assert desk.evaluate(NUMBERS) != before
    teacher.mouse.up()
    teacher.get_by_role("button", name="Weights").click()
    teacher.keyboard.press("Escape")
    same_numbers(desk, teacher)
    assert frames == []


def test_a_question_is_answered_by_a_class(tab, new_page, server):
    teacher = tab("teach=true&at=3.2&show=B&lang=en", answered=False, viewport=PROJECTOR).page
    code = open_class(teacher)
    phone, desk = new_page(viewport=PHONE, has_touch=True), new_page(viewport=PROJECTOR)
    everyone = (teacher, phone, desk)
    for student in (phone, desk):
        student.goto(f"{server.address}/join?code={code}")
        expect(student.get_by_text("You see what the teacher sees")).to_be_visible()
        same_numbers(student, teacher)

    teacher.get_by_role("button", name="Ask the class").click()
    different = [student.get_by_role("button", name="No, different") for student in (phone, desk)]
    phone.get_by_role("button", name="Yes, the same").click()
    expect(phone.get_by_text("Sent. You may change it")).to_be_visible()
    different[0].click()
    expect(different[0]).to_have_attribute("aria-pressed", "true")
    assert phone.evaluate(FITS)
    assert all(one.bounding_box()["height"] >= 44 for one in phone.locator(".gw-class button:visible").all())
    expect(teacher.get_by_text("1 of 2 have answered")).to_be_visible()
    desk.context.set_offline(True)
    different[1].click()
    expect(desk.get_by_text(re.compile("Sending|Your answer is kept"))).to_be_visible()
    desk.context.set_offline(False)
    expect(teacher.get_by_text("2 of 2 have answered")).to_be_visible()
    for page in everyone:
        assert not ANSWER.search(page.evaluate(EVERYTHING))

    # one looks around: the class does not pull them back, and what is asked stays covered
    phone.get_by_role("button", name="Look around on my own").click()
    expect(phone.get_by_text("A question is open in class.")).to_be_visible()
    expect(teacher.get_by_text("1 follow · 1 look around")).to_be_visible()
    assert not ANSWER.search(phone.evaluate(EVERYTHING))
    phone.reload()
    phone.get_by_role("button", name="Back to the class").click()
    same_numbers(phone, teacher)

    teacher.keyboard.press("r")
    for student in (phone, desk):
        expect(student.get_by_text("You: No, different. They end at 0.006 and 0.969.")).to_be_visible()
    expect(teacher.get_by_text("too few to count").first).to_be_visible()
    expect(teacher.locator(".gw-poll .gw-bar")).to_have_count(0)

    teacher.get_by_role("combobox").select_option(label="Lesson 4 · The LSTM and its three gates")
    for student in (phone, desk):
        student.wait_for_url(re.compile("/lstm"))
        same_numbers(student, teacher)
    teacher.keyboard.press("b")
    expect(desk.get_by_text("Look up, please")).to_be_visible()
    teacher.keyboard.press("b")
    teacher.get_by_role("button", name="End class").click()
    teacher.get_by_role("button", name="End it").click()
    for student in (phone, desk):
        expect(student.get_by_text("The class has ended. This page is yours.")).to_be_visible()
    desk.get_by_role("button", name="Close").click()
    expect(desk.get_by_text("The class has ended.")).to_be_hidden()


ENDS = """() => [...document.querySelectorAll("*")]
  .flatMap((one) => (one.shadowRoot ? [...one.shadowRoot.querySelectorAll(".gw-reach .end-number.now")] : []))
  .map((text) => text.textContent).join()"""
"""What is left of each gradient, beside the curves of `gates`."""


def test_a_lesson_without_a_stage_is_followed_and_asked(tab, new_page, server):
    teacher = tab("teach=true&lang=en", path="gates", answered=False, viewport=PROJECTOR).page
    code = open_class(teacher)
    teacher.get_by_role("button", name="Close").click()
    desk = new_page(viewport=PROJECTOR)
    sockets, ends = [], lambda page: page.evaluate(ENDS)
    desk.on("websocket", lambda socket: sockets.append(socket))
    desk.goto(f"{server.address}/join?code={code}")
    desk.wait_for_url(re.compile("/gates"))
    bias = [page.get_by_role("slider", name="forget bias") for page in (teacher, desk)]
    expect(bias[1]).to_be_disabled()
    desk.wait_for_function(f"(ends) => ({ENDS})() === ends", arg=ends(teacher))

    # a drag: the slider and the curves follow while the hand is on it, in the page as it is
    first, opened = ends(teacher), len(sockets)
    box = bias[0].bounding_box()
    teacher.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    teacher.mouse.down()
    teacher.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=6)
    teacher.wait_for_function(f"(first) => ({ENDS})() !== first", arg=first)
    expect(bias[1]).to_have_value(bias[0].input_value())
    teacher.wait_for_timeout(300)
    desk.wait_for_function(f"(ends) => ({ENDS})() === ends", arg=ends(teacher))
    teacher.mouse.up()

    # near the bias that is asked about the curves are covered, until the class is told
    bias[0].fill("0.5")
    for page in (teacher, desk):
        page.wait_for_function(f"() => ({ENDS})().endsWith(',?,?,?')")
    desk.wait_for_url(re.compile("forget_bias=0.5"))
    teacher.get_by_role("button", name="Ask the class").click()
    desk.get_by_role("button", name="more than a thousandth").click()
    expect(teacher.get_by_text("1 of 1 have answered")).to_be_visible()
    teacher.keyboard.press("r")
    expect(desk.get_by_text(re.compile(r"^You: more than a thousandth: alive\. .*\d"))).to_be_visible()
    for page in (teacher, desk):
        page.wait_for_function(f"() => !({ENDS})().includes('?')")
    assert ends(desk) == ends(teacher)

    # a step of the story sets the page, and so does its address
    teacher.keyboard.press("n")  # the question is over
    expect(desk.get_by_text("You: more")).to_be_hidden()
    teacher.keyboard.press("n")
    desk.wait_for_url(re.compile("step="))
    expect(desk.get_by_role("heading", name="A route of its own")).to_be_visible()
    assert len(sockets) == opened
    desk.get_by_role("button", name="Look around on my own").click()
    expect(bias[1]).to_be_enabled()
