/** Tells Python when a state has been the same for a while: what is slow to draw waits for that. */

/** @typedef {{timer: number, sent: string|null}} Watch  `sent`: the state that Python was sent last */

const FIRST = 60; // ms after the content above is there: it is painted before anything else is asked for

/** @type {WeakMap<Node, Watch>} */
const watches = new WeakMap();

/** Whether Streamlit is still fetching the script of something on the page (a chart's takes seconds). */
const incomplete = () => document.querySelector('[data-testid="stSkeleton"]') !== null;

/**
 * @param {{data: {state: string, quiet: number}, parentElement: Node, setStateValue: (name: string, value: unknown)
 *   => void}} component
 */
export default function idle({ data, parentElement, setStateValue }) {
  const watch = watches.get(parentElement) ?? { timer: 0, sent: null };
  watches.set(parentElement, watch);
  clearTimeout(watch.timer);
  const wait = watch.sent === null ? FIRST : data.quiet;
  function send() {
    if (watch.sent === null && incomplete()) {
      watch.timer = setTimeout(send, wait);
      return;
    }
    watch.sent = data.state;
    setStateValue("rested", data.state); // not a trigger: that is lost when another message overtakes its own
  }
  if (data.state !== watch.sent) watch.timer = setTimeout(send, wait);
  return () => {};
}
