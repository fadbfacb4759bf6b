/**
 * A lesson without a stage in a class: its story, its predictions and its sliders say here what they show, and are told
 * here what another's show. To the class it is one more stage.
 */

import { stageMoved } from "./stage_link.js";

/**
 * @typedef {import("./stage_link.js").Asked} Asked
 * @typedef {import("./stage_link.js").Live} Live
 * @typedef {import("./stage_link.js").Shown} Shown
 * @typedef {{here: () => boolean}} Offered  `here`: it is on the page
 * @typedef {Offered & {at: () => number, titles: () => string[], onward: () => void, goal: () => string}} Story
 * @typedef {Offered & {text: () => string, follow: (text: string|null) => void}} Slider  as the address has it
 * @typedef {Offered & {asked: () => Asked, guessed: () => boolean, follow: (guessed: boolean|null) => void,
 *   hold: (held: boolean) => void, open: () => void}} Prediction
 *   `guessed`: what gives it away may be shown; `follow`: as it is for another, null ends it
 */

const NO_STAGE = {
  controls: { weights: {}, days: {}, show: [] },
  playing: false,
  speed: 1,
  byDay: false,
  unit: 0,
  backward: false,
  covers: [],
};

/** @template {Offered} T */
function createOffers() {
  /** @type {Map<string, T>} */
  const offers = new Map();
  return {
    /** @param {string} name @param {T} offer */
    put: (name, offer) => void offers.set(name, offer),
    /** What is on the page, by name. @returns {[string, T][]} */
    here: () => [...offers].filter(([, offer]) => offer.here()),
    /** @param {string|null} name */
    get(name) {
      const offer = name === null ? undefined : offers.get(name);
      return offer?.here() ? offer : null;
    },
  };
}

const stories = /** @type {ReturnType<typeof createOffers<Story>>} */ (createOffers());
const sliders = /** @type {ReturnType<typeof createOffers<Slider>>} */ (createOffers());
const predictions = /** @type {ReturnType<typeof createOffers<Prediction>>} */ (createOffers());
let held = /** @type {string|null} */ (null),
  followed = /** @type {Live|null} */ (null);

/** @param {Story} story */
export const offerStory = (story) => stories.put("story", story);

/** @param {string} name of the setting @param {Slider} slider */
export function offerSlider(name, slider) {
  sliders.put(name, slider);
  slider.follow(followed?.settings?.[name] ?? null);
}

/** @param {string} name @param {Prediction} prediction */
export function offerPrediction(name, prediction) {
  predictions.put(name, prediction);
  prediction.hold(held === name);
  prediction.follow(followed?.guessed?.[name] ?? null);
  stageMoved();
}

export { stageMoved as pageMoved };

/** What the address says beside the sliders. @param {string} search */
function restOf(search) {
  const query = new URLSearchParams(search);
  for (const [name] of sliders.here()) query.delete(name);
  query.sort();
  return query.toString();
}

/** @param {() => string} lesson @param {() => string} query what a class shares of the address */
export function createPageLink(lesson, query) {
  let past = /** @type {Set<string>} */ (new Set()); // the questions that are over
  const question = () => predictions.here().find(([name]) => !past.has(name))?.[0] ?? null;
  /** @type {Shown} */
  const shown = {
    lesson,
    scene: () => restOf(query()),
    live: () => ({
      ...NO_STAGE,
      scene: shown.scene(),
      settings: Object.fromEntries(sliders.here().map(([name, { text }]) => [name, text()])),
      at: [stories.get("story")?.at() ?? 0, 0, 0],
      guessed: Object.fromEntries(predictions.here().map(([name, { guessed }]) => [name, guessed()])),
    }),
    where: (step) => stories.get("story")?.titles()[step] ?? "",
    follow(live) {
      followed = live;
      for (const [name, slider] of sliders.here()) slider.follow(live?.settings?.[name] ?? null);
      for (const [name, prediction] of predictions.here()) prediction.follow(live?.guessed?.[name] ?? null);
    },
    part: () => {},
    hold(name) {
      held = name;
      for (const [one, prediction] of predictions.here()) prediction.hold(one === name);
    },
    pause: () => {},
    question,
    asked: (name) => predictions.get(name)?.asked() ?? null,
    open: (name) => predictions.get(name)?.open(),
    next() {
      const name = question();
      if (name) past = past.add(name);
    },
    onward: () => stories.get("story")?.onward(),
    goal: () => stories.get("story")?.goal() ?? "",
  };
  return {
    /** The page as a stage, if it is a lesson without one. */
    shown: () => (lesson() && stories.get("story") ? shown : null),
    /** Another page is open. */
    leave: () => past.clear(),
  };
}
