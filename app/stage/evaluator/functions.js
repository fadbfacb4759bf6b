/**
 * The pointwise functions of `cells/functions.py`, by their keys there and in the same numerical form, so that they
 * agree with NumPy's in saturation too. Pure.
 *
 * @typedef {{apply: (a: number, alpha: number, beta: number) => number,
 *   slope: (a: number, y: number, alpha: number, beta: number) => number}} Rule
 *   y = f(a) and f′(a), with the parameters that the function has
 * @typedef {Rule & {alpha: number, beta: number}} Bound
 */

/** Exact to the last digits for tiny results too, unlike the form through tanh. @param {number} a */
const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** @type {Rule} */
const hardSigmoid = {
  apply: (a, alpha, beta) => Math.min(Math.max(alpha * a + beta, 0), 1),
  slope: (_a, y, alpha) => (y > 0 && y < 1 ? alpha : 0),
};

/** @type {Record<string, Rule>} */
export const FUNCTIONS = {
  sigmoid: { apply: sigmoid, slope: (_a, y) => (1 - y) * y },
  tanh: { apply: Math.tanh, slope: (_a, y) => 1 - y * y },
  linear: { apply: (a) => a, slope: () => 1 },
  relu: { apply: (a) => Math.max(a, 0), slope: (a) => (a > 0 ? 1 : 0) },
  hard_sigmoid: hardSigmoid,
  hard_sigmoid_fifth: hardSigmoid,
  softsign: { apply: (a) => a / (1 + Math.abs(a)), slope: (a) => 1 / (1 + Math.abs(a)) ** 2 },
  softplus: { apply: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))), slope: sigmoid },
  elu: {
    apply: (a, alpha) => (a > 0 ? a : alpha * Math.expm1(a)),
    slope: (a, y, alpha) => (a > 0 ? 1 : y + alpha),
  },
  leaky_relu: { apply: (a, alpha) => (a >= 0 ? a : alpha * a), slope: (a, _y, alpha) => (a > 0 ? 1 : alpha) },
  thresholded_relu: { apply: (a, alpha) => (a > alpha ? a : 0), slope: (a, _y, alpha) => (a > alpha ? 1 : 0) },
  affine: { apply: (a, alpha, beta) => alpha * a + beta, slope: (_a, _y, alpha) => alpha },
  scaled_tanh: {
    apply: (a, alpha, beta) => alpha * Math.tanh(beta * a),
    slope: (a, _y, alpha, beta) => alpha * beta * (1 - Math.tanh(beta * a) ** 2),
  },
  clip: {
    apply: (a, bound) => Math.min(Math.max(a, -bound), bound),
    slope: (a, _y, bound) => (Math.abs(a) <= bound ? 1 : 0),
  },
  linear_sigmoid: {
    apply: (a) => (a >= 0 ? a + 0.5 : sigmoid(a)),
    slope: (a, y) => (a >= 0 ? 1 : y * (1 - y)),
  },
  log_sigmoid: { apply: (a) => Math.min(a, 0) - Math.log1p(Math.exp(-Math.abs(a))), slope: (a) => sigmoid(-a) },
  exp: { apply: Math.exp, slope: (_a, y) => y },
  cos: { apply: Math.cos, slope: (a) => -Math.sin(a) },
  sin: { apply: Math.sin, slope: Math.cos },
  negative: { apply: (a) => -a, slope: () => -1 },
  reciprocal: { apply: (a) => 1 / a, slope: (_a, y) => -(y * y) },
  complement: { apply: (a) => 1 - a, slope: () => -1 },
};

const LINEAR = { ...FUNCTIONS.linear, alpha: 0, beta: 0 };

/** @param {import("../scene.js").FunctionData} [data] without it the function that changes nothing @returns {Bound} */
export function ruleOf(data) {
  if (!data) return LINEAR;
  const rule = FUNCTIONS[data.key];
  if (!rule) throw new Error(`function: expected one of ${Object.keys(FUNCTIONS).join(", ")}, got ${data.key}`);
  const [alpha, beta] = data.parameters.map(Number); // an infinite one is a string
  return { ...rule, alpha, beta };
}
