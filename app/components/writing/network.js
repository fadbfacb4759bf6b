/** A network that writes: its weights as they are sent, and a text that it reads letter by letter. Pure. */

import { placesOf } from "../../stage/evaluator/graph.js";
import { prepared } from "../../stage/evaluator/run.js";

/**
 * @typedef {import("./data.js").SentNetwork} SentNetwork
 * @typedef {import("../../stage/evaluator/run.js").Run} Run
 * @typedef {{letters: string[], places: Map<string, number>, cell: import("../../stage/evaluator/graph.js").Cell,
 *   shapes: Record<string, number[]>, units: number, weights: Float64Array, bias: Float64Array, output: string,
 *   state: string}} Network
 *   `places`: of each letter; `weights` and `bias` give the letters' scores from the `output` of the cell;
 *   `state`: what it remembers by
 */

/** Float32 in base64, one array after the other. @param {SentNetwork} sent @returns {Record<string, Float64Array>} */
function unpacked({ weights, shapes }) {
  const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0));
  const numbers = Float64Array.from(new Float32Array(bytes.buffer));
  let from = 0;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const to = from + shape.reduce((size, side) => size * side, 1);
      const part = numbers.subarray(from, to);
      from = to;
      return [name, part];
    }),
  );
}

/**
 * @param {SentNetwork} sent @param {import("../../stage/scene.js").GraphData} graph
 * @returns {Network}
 */
export function networkOf(sent, graph) {
  const { W_y: weights, b_y: bias, ...parameters } = unpacked(sent);
  const { letters, shapes } = sent,
    units = shapes.W_y[1];
  const sizes = { D: letters.length, H: units };
  const states = Object.keys(graph.states);
  return {
    letters,
    places: new Map(letters.map((letter, k) => [letter, k])),
    cell: { graph, sizes, parameters },
    shapes,
    units,
    weights,
    bias,
    output: graph.output,
    state: states.find((name) => name !== graph.output) ?? graph.output,
  };
}

/**
 * A text as a network reads it, which grows at its end and may be cut.
 * @param {Network} network @param {number} most letters
 */
export function createReading({ cell, letters, weights, bias, output }, most) {
  const width = cell.sizes.D,
    units = cell.sizes.H;
  const x = new Float64Array(most * width);
  const steps = prepared(cell, x);
  const places = placesOf(cell.graph);
  /** The places of the letters in the alphabet. @type {number[]} */
  const text = [];

  return {
    text,
    /** @param {number} letter its place */
    add(letter) {
      const from = text.length * width;
      x.fill(0, from, from + width);
      x[from + letter] = 1;
      steps.step(text.length);
      text.push(letter);
    },
    /** @param {number} length */
    cut: (length) => void (text.length = Math.min(length, text.length)),
    /** A value of every unit after a letter. @param {string} name @param {number} at */
    valuesAt(name, at) {
      const { numbers, stride, length } = steps.values[places[name]];
      return numbers.subarray(at * stride, at * stride + length);
    },
    /** A state as it enters the step of a letter. @param {string} name @param {number} at */
    beforeAt(name, at) {
      const { numbers, stride, length } = steps.values[cell.graph.states[name].before];
      return numbers.subarray(at * stride, at * stride + length);
    },
    /** The score of every letter to come after a letter. @param {number} at */
    scores(at) {
      const h = this.valuesAt(output, at);
      return Float64Array.from(letters, (_, row) => {
        let total = bias[row];
        for (let k = 0; k < units; k += 1) total += weights[row * units + k] * h[k];
        return total;
      });
    },
    /** What the stage shows. @returns {Run} */
    run: () => ({ cell, steps: text.length, values: steps.values }),
    x: () => ({ shape: [text.length, width], numbers: x.subarray(0, text.length * width) }),
  };
}

/** @typedef {ReturnType<typeof createReading>} Reading */
