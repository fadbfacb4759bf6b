/**
 * A cell's graph as data (`cells/graph_data.py` describes it), and the arrays of its nodes. Pure.
 *
 * @typedef {import("../scene.js").NodeData} NodeData
 * @typedef {import("../scene.js").GraphData} GraphData
 * @typedef {{graph: GraphData, sizes: Record<string, number>, parameters: Record<string, Float64Array>}} Cell
 *   matrices row by row
 * @typedef {{numbers: Float64Array, length: number, stride: number}} Column
 *   one node over all steps: those of step t begin at t · stride, and a parameter's at 0 in every step
 */

const VERSION = 1;

/**
 * Room for every node of a graph: for the values of a run, or for their gradients.
 * @param {Cell} cell @param {number} steps @param {Float64Array} x (steps, D)
 * @param {Record<string, Float64Array>} parameters
 * @returns {Column[]}
 */
export function columnsOf({ graph, sizes }, steps, x, parameters) {
  if (graph.version !== VERSION) throw new Error(`graph: expected version ${VERSION}, got ${graph.version}`);
  const states = new Map(
    Object.values(graph.states).flatMap(({ before, after }) => {
      const length = sizes[graph.nodes[after].size];
      const both = new Float64Array((steps + 1) * length);
      return [
        [before, both],
        [after, both.subarray(length)],
      ];
    }),
  );
  return graph.nodes.map((node, k) => {
    const length = sizes[node.size];
    if (node.type === "input") return { numbers: x, length, stride: length };
    if (node.type === "vector") return { numbers: parameters[node.parameter ?? ""], length, stride: 0 };
    return { numbers: states.get(k) ?? new Float64Array(steps * length), length, stride: length };
  });
}

/**
 * The places of named values, and of `x`: a state's name is its value as it leaves the step.
 * @param {GraphData} graph
 */
export function placesOf({ nodes }) {
  const named = nodes.flatMap(({ name, type }, k) => (name && type !== "state" ? [[name, k]] : []));
  return /** @type {Record<string, number>} */ (Object.fromEntries(named));
}

/** For every node the places of those that read it. @param {GraphData} graph */
export function consumersOf({ nodes }) {
  const consumers = nodes.map(() => /** @type {number[]} */ ([]));
  nodes.forEach(({ inputs }, k) => inputs.forEach((i) => consumers[i].push(k)));
  return consumers;
}

/** Entry k of a node at one step. @param {Column} column @param {number} t @param {number} k */
export const entryAt = ({ numbers, stride }, t, k) => numbers[t * stride + k];

/**
 * One entry over all steps: of a node that is shorter than k its last.
 * @param {Column} column @param {number} steps @param {number} k
 */
export const entriesOf = (column, steps, k) =>
  Array.from({ length: steps }, (_, t) => entryAt(column, t, Math.min(k, column.length - 1)));
