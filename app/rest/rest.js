/** Tells Python when a state has been the same for a while: what is slow to draw waits for that. */

/** @typedef {{timer: number, told: string|null}} Watch  `told`: the session and state that Python has heard of last */

const FIRST = 60; // ms after what stands above has been sent: it is painted before anything else is asked for

/** @type {WeakMap<Node, Watch>} */
const watches = new WeakMap();

/** @param {{data: {state: string, session: string, quiet: number}, parentElement: Node, setTriggerValue: (name: string, value: unknown) => void}} component */
export default function rest({ data, parentElement, setTriggerValue }) {
  const watch = watches.get(parentElement) ?? { timer: 0, told: null };
  watches.set(parentElement, watch);
  clearTimeout(watch.timer);
  const now = data.session + data.state;
  if (now !== watch.told) {
    watch.timer = setTimeout(() => {
      watch.told = now;
      setTriggerValue("rested", data.state);
    }, watch.told === null ? FIRST : data.quiet);
  }
  return () => {};
}
