import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createPageLink,
  offerPrediction,
  offerSlider,
  offerStory,
} from "../../../app/components/class_room/page_link.js";

const ASKED = {
  text: "How much?",
  options: /** @type {[string, string][]} */ ([["none", "None"]]),
  right: 0,
  reveal: "",
};

/** What a part of the page is told. @param {object} more @returns {any} */
function part(more = {}) {
  /** @type {any[]} */
  const told = [];
  const note = (/** @type {string} */ name) => (/** @type {any} */ what) => void told.push([name, what]);
  return {
    told,
    here: () => true,
    follow: note("follow"),
    hold: note("hold"),
    open: () => told.push(["open"]),
    ...more,
  };
}

test("a page without a stage shows its sliders, its predictions and its story as a stage does", () => {
  let bias = "0.5",
    query = "steps=12&bias=0.5";
  const link = createPageLink(
    () => "gates",
    () => query,
  );
  assert.equal(link.shown(), null); // it has no story: it may have a stage that is still to come
  const slider = part({ text: () => bias });
  const prediction = part({ guessed: () => false, asked: () => ASKED });
  const steps = { count: 0 };
  offerStory({
    here: () => true,
    at: () => 1,
    titles: () => ["One", "Two"],
    onward: () => void (steps.count += 1),
    goal: () => "Challenge",
  });
  offerSlider("bias", slider);
  offerPrediction("plain", prediction);
  const shown = /** @type {NonNullable<ReturnType<typeof link.shown>>} */ (link.shown());

  assert.deepEqual(shown.live().settings, { bias: "0.5" });
  assert.deepEqual(shown.live().guessed, { plain: false });
  assert.equal(shown.where(shown.live().at[0], 0), "Two");
  const scene = shown.scene();
  query = "bias=0.7&steps=12";
  assert.equal(shown.scene(), scene); // a slider follows by itself, without a rerun of the page
  query = "bias=0.7&steps=13";
  assert.notEqual(shown.scene(), scene);

  bias = "0.7";
  slider.told.length = prediction.told.length = 0;
  shown.follow({ ...shown.live(), settings: { bias: "2" }, guessed: { plain: true } });
  assert.deepEqual(slider.told, [["follow", "2"]]);
  assert.deepEqual(prediction.told, [["follow", true]]);
  const late = part({ text: () => "1" }); // it is drawn while the class is followed
  offerSlider("units", late);
  assert.deepEqual(late.told, [["follow", null]]);
  shown.follow(null);
  assert.deepEqual(slider.told.at(-1), ["follow", null]);
  assert.deepEqual(prediction.told.at(-1), ["follow", null]);

  assert.equal(shown.question(), "plain");
  shown.hold("plain");
  assert.deepEqual(prediction.told.at(-1), ["hold", true]);
  const again = part({ guessed: () => true, asked: () => ASKED }); // Streamlit makes it anew: it stays covered
  offerPrediction("plain", again);
  assert.deepEqual(again.told, [
    ["hold", true],
    ["follow", null],
  ]);
  shown.hold(null);
  shown.open("plain");
  assert.deepEqual(again.told.slice(-2), [["hold", false], ["open"]]);
  shown.next();
  assert.equal(shown.question(), null);
  shown.onward();
  assert.equal(steps.count, 1);
  link.leave();
  assert.equal(shown.question(), "plain");
});
