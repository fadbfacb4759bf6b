/**
 * A facet without its covered numbers: NaN takes their place, wherever they, or what gives them away, would be
 * read.
 * No panel ever sees a covered number; format.js prints NaN as “?”. Pure.
 *
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Term} Term
 * @typedef {import("../types.js").Arithmetic} Arithmetic
 * @typedef {import("../types.js").Dot} Dot
 * @typedef {ReturnType<typeof import("./covers.js").createCovers>} Covers
 * @typedef {(name: string, before: boolean, step: number) => boolean} Hidden
 */

import { seeThrough } from "./covers.js";
import { refOf } from "./value_ref.js";
import { veiled } from "./strips.js";

/** @param {number[]} numbers @param {(step: number) => boolean} hidden */
const without = (numbers, hidden) => numbers.map((number, step) => (hidden(step) ? NaN : number));

/** @param {Term[]} terms */
const written = (terms) => JSON.stringify(terms);

/**
 * The named value that is these terms alone: `keep` is `f·c`.
 * @param {Facet["formulas"]} formulas @param {Term[]} terms @param {string|null} [outer]
 */
export function namedAs(formulas, terms, outer = null) {
  const text = written(terms);
  return Object.keys(formulas).find(
    (name) =>
      (formulas[name].function ?? null) === outer && !formulas[name].how && written(formulas[name].terms) === text,
  );
}

/** The formulas without their sums over many units: such a sum gives none of them away. @param {Facet} facet */
function apart({ formulas, parameters }) {
  if (!parameters) return formulas;
  const many = (/** @type {string|undefined} */ name) => Boolean(name && (parameters[name]?.shape[1] ?? 1) > 1);
  return Object.fromEntries(
    Object.entries(formulas).map(([name, formula]) => [
      name,
      { ...formula, terms: formula.terms.filter(({ factors }) => !factors.some(({ parameter }) => many(parameter))) },
    ]),
  );
}

/**
 * @param {Dot} dot @param {import("../types.js").Read[]} reads what gives its products away @param {Hidden} hidden
 * @param {(step: number) => boolean} own its sum is a covered value
 * @returns {Dot}
 */
function maskedDot(dot, reads, hidden, own) {
  const shut = (/** @type {number} */ step) => reads.some(({ name, before }) => hidden(name, before, step));
  return {
    ...dot,
    products: veiled(dot.products, shut),
    sum: without(dot.sum, (step) => own(step) || (dot.row?.length === 1 && shut(step))),
  };
}

/** @param {Facet} facet @param {string} value @param {Arithmetic} sums @param {Hidden} hidden @returns {Arithmetic} */
function maskedSums({ formulas }, value, sums, hidden) {
  const { function: outer, terms: parts } = formulas[value];
  const plain = seeThrough(outer),
    lone = parts.length === 1;
  const sum = namedAs(formulas, parts);
  const terms = sums.terms.map((term, t) => {
    const { sign, factors } = parts[t];
    const product = parts.length > 1 ? namedAs(formulas, [{ sign, factors }]) : sum;
    if ("products" in term) {
      const reads = [...term.reads, ...(!term.row && product ? [{ name: product, before: false }] : [])];
      return maskedDot(term, reads, hidden, (step) => lone && plain && hidden(value, false, step));
    }
    const inside = factors.map(({ value: name, before, function: by }) => ({
      name,
      before: Boolean(before),
      seen: seeThrough(by),
      itself:
        by && name
          ? namedAs(formulas, [{ sign: 1, factors: [before ? { value: name, before } : { value: name }] }], by)
          : undefined,
    }));
    const shut = inside.map(
      ({ name, before, seen, itself }) =>
        (/** @type {number} */ step) =>
          Boolean((name && seen && hidden(name, before, step)) || (itself && hidden(itself, false, step))),
    );
    return {
      factors: term.factors.map((numbers, k) => without(numbers, shut[k])),
      inner: term.inner.map(
        (numbers, k) => numbers && without(numbers, (step) => hidden(inside[k].name ?? "", inside[k].before, step)),
      ),
      product: without(
        term.product,
        (step) =>
          shut.some((is) => is(step)) ||
          Boolean(product && hidden(product, false, step)) ||
          (lone && plain && hidden(value, false, step)),
      ),
    };
  });
  return {
    terms,
    total: without(
      sums.total,
      (step) =>
        terms.some((term) => Number.isNaN(("products" in term ? term.sum : term.product)[step])) ||
        Boolean(sum && hidden(sum, false, step)) ||
        (plain && hidden(value, false, step)),
    ),
    result: without(sums.result, (step) => hidden(value, false, step)),
  };
}

/**
 * A value that is covered hides its gradient, and is written as “?” in the chain rule of others.
 * @param {Facet} facet @param {import("../types.js").Gradients} gradients @param {Hidden} hidden
 * @param {(all: Record<string, number[]>, before: boolean) => Record<string, number[]>} each
 * @returns {import("../types.js").Gradients}
 */
function maskedGradients({ layout: { wide } }, gradients, hidden, each) {
  const valueOn = new Map(wide.values.map(({ wire, name, before }) => [wire, { name, before: Boolean(before) }]));
  const last = gradients.loss.length - 1,
    { routes } = gradients;
  /**
   * @param {string} name @param {import("../types.js").Link} link @param {boolean} lone
   * @returns {import("../types.js").Link}
   */
  const maskedLink = (name, link, lone) => {
    const at = (/** @type {number} */ step) => step + (link.later ? 1 : 0);
    const reader = (/** @type {number} */ step) => link.to !== "" && hidden(link.to, false, at(step));
    const shut = link.local.map(
      ({ kind, name: value, inner, before }) =>
        (/** @type {number} */ step) =>
          (kind === "value" || kind === "slope") &&
          [value, inner].some((part) => part && hidden(part, before && part === (inner ?? value), at(step))),
    );
    return {
      ...link,
      upstream: link.upstream && without(link.upstream, reader),
      local: link.local.map((local, k) => ({ ...local, numbers: without(local.numbers, shut[k]) })),
      product: without(
        link.product,
        (step) => reader(step) || shut.some((is) => is(step)) || ((lone || !link.to) && hidden(name, false, step)),
      ),
    };
  };
  return {
    values: each(gradients.values, false),
    before: each(gradients.before, true),
    loss: hidden("h", false, last) ? gradients.loss.map(() => NaN) : gradients.loss,
    wires: Object.fromEntries(
      Object.entries(gradients.wires).map(([wire, numbers]) => {
        const value = valueOn.get(wire);
        return [wire, without(numbers, (step) => value !== undefined && hidden(value.name, value.before, step))];
      }),
    ),
    chain: Object.fromEntries(
      Object.entries(gradients.chain).map(([name, links]) => [
        name,
        links.map((link) => maskedLink(name, link, links.length === 1)),
      ]),
    ),
    step: gradients.step && {
      ...gradients.step,
      ...Object.fromEntries(
        /** @type {const} */ (["slope", "product"]).map((part) => [
          part,
          without(gradients.step?.[part] ?? [], (step) => hidden("a", false, step) || hidden("h", false, step)),
        ]),
      ),
    },
    routes: routes && {
      ...routes,
      along: without(routes.along, (step) => hidden(routes.state, false, step)),
      through: without(routes.through, (step) => hidden(routes.state, false, step)),
    },
  };
}

/** @param {Facet} facet @param {number} index of its series @param {Covers} covers @returns {Facet} */
export function masked(facet, index, covers) {
  if (!covers.any()) return facet;
  const one = facet.series[index],
    formulas = apart(facet);
  /** @type {Hidden} */
  const hidden = (name, before, step) => covers.hides(formulas, refOf(one.key, { name, before }, step));
  /**
   * @template T @param {(numbers: T, hidden: (step: number) => boolean) => T} veil
   * @returns {(all: Record<string, T>, before: boolean) => Record<string, T>}
   */
  const eachBy = (veil) => (all, before) =>
    Object.fromEntries(
      Object.entries(all).map(([name, numbers]) => [name, veil(numbers, (step) => hidden(name, before, step))]),
    );
  const each = eachBy(without),
    strips = eachBy(veiled);
  const arithmetic = Object.fromEntries(
    Object.entries(one.arithmetic).map(([value, sums]) => [value, maskedSums(facet, value, sums, hidden)]),
  );
  const series = facet.series.with(index, {
    ...one,
    values: each(one.values, false),
    before: each(one.before, true),
    arithmetic,
    ...(one.units && {
      units: { ...one.units, strips: strips(one.units.strips, false), before: strips(one.units.before, true) },
    }),
    ...(one.gradients &&
      one.forward && {
        gradients: maskedGradients(facet, one.gradients, hidden, each),
        forward: each(one.forward, false),
      }),
    slopes: Object.fromEntries(
      Object.entries(one.slopes).map(([name, numbers]) => [
        name,
        without(numbers, (step) => Number.isNaN(arithmetic[name].total[step] + arithmetic[name].result[step])),
      ]),
    ),
  });
  return { ...facet, series };
}
