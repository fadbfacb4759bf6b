/** What a teacher's page tells the class: the state of its stage, as it moves, and its questions. */

/**
 * @typedef {import("./client.js").State} State
 * @typedef {import("./stage_link.js").Shown} Shown
 * @typedef {ReturnType<typeof import("./client.js").createClient>} Client
 */

const LARGEST = 1900; // bytes of a state

/** An address's query without what is each reader's own. @param {string} search */
export function sharedQuery(search) {
  const query = new URLSearchParams(search);
  for (const own of ["lang", "teach", "code", "embed"]) query.delete(own);
  return query.toString();
}

/** What two states differ in, but for where a playing playhead is: that each screen knows. @param {State} state */
export const keyOf = ({ live, ...rest }) =>
  JSON.stringify({
    ...rest,
    query: live ? "" : rest.query,
    live: live?.playing ? { ...live, at: live.at.slice(0, 2) } : live,
  });

/** @param {State} state @returns {State} no larger than the server takes */
export function fitting(state) {
  const size = (/** @type {State} */ one) => new TextEncoder().encode(JSON.stringify(one)).length;
  if (size(state) <= LARGEST) return state;
  const short = { ...state, query: "" };
  return size(short) <= LARGEST ? short : { ...state, live: null, told: "" };
}

/**
 * @param {Client} client @param {{lesson: () => string, search: () => string, stage: () => Shown|null}} page
 */
export function createTeaching(client, page) {
  let ask = /** @type {string|null} */ (null),
    told = "",
    last = "";
  const stageHere = () => {
    const stage = page.stage();
    return stage && stage.lesson() === page.lesson() ? stage : null;
  };

  /** Tells the class what is shown, if that has changed. @param {boolean} [anyway] */
  function share(anyway = false) {
    if (!page.lesson()) return; // a page between lessons: the class keeps what it has
    const live = stageHere()?.live() ?? null;
    const now = { lesson: page.lesson(), query: sharedQuery(page.search()), live, ask, told };
    const key = keyOf(now);
    if (key === last && !anyway) return;
    last = key;
    void client.tell("state", { state: fitting(now) });
  }

  /** @param {string|null} question */
  function hold(question) {
    ask = question;
    if (question) stageHere()?.pause();
    stageHere()?.hold(question);
  }

  return {
    share,
    /** Is a question on its way? Until then what the server says of it is old. */
    busy: () => ["ask", "reveal", "again", "go_on"].some(client.waits),
    /** After a reload the server knows better what is asked. */
    resume() {
      const poll = client.view.room?.poll;
      const here = poll?.lesson === page.lesson();
      if (poll?.open && !here && page.lesson()) void client.tell("go_on"); // it was of another lesson
      const open = poll?.open && here ? poll.step : null;
      if (open !== ask) hold(open);
      share(true);
    },
    /** Why the answer is what it is, once it is revealed. */
    told: () => told,
    /** The question that the lesson has next. */
    question() {
      const stage = stageHere();
      const key = stage?.question();
      return key ? (stage?.asked(key) ?? null) : null;
    },
    ask() {
      const key = stageHere()?.question();
      const asked = key ? stageHere()?.asked(key) : null;
      if (!key || !asked) return;
      told = "";
      hold(key);
      share();
      const choices = asked.options.map(([, name]) => name);
      void client.tell("ask", { poll: { lesson: page.lesson(), step: key, question: asked.text, choices } });
    },
    reveal() {
      const poll = client.view.room?.poll;
      if (!poll?.open) return;
      const asked = stageHere()?.asked(poll.step);
      void client.tell("reveal", { right: asked && asked.right >= 0 ? asked.right : null });
      told = asked?.reveal ?? "";
      hold(null);
      stageHere()?.open(poll.step);
      share();
    },
    again() {
      const poll = client.view.room?.poll;
      if (!poll || poll.open) return;
      told = "";
      hold(poll.lesson === page.lesson() ? poll.step : null);
      share();
      void client.tell("again");
    },
    /** The next question, or the next step of the story. */
    goOn() {
      if (client.view.room?.poll) void client.tell("go_on");
      told = "";
      const before = stageHere()?.question();
      hold(null);
      stageHere()?.next();
      if (stageHere()?.question() === before) stageHere()?.onward();
      share();
    },
  };
}
