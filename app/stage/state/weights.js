/**
 * The weights by the layers that they belong to. Pure.
 *
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {{name: string, reads: string|null, label?: string, shown?: Node}} Parameter
 *   `label` and `shown` where its name does not say enough
 * @typedef {{stage: number, value: string, role: string, parameters: Parameter[]}} Group
 */

/** Every group's parameters are listed in this order. */
const ORDER = "UWbdp";

/** The letter of the layer that a weight is named after. @param {Parameter} parameter */
const letterOf = ({ name }) => name.slice(2);

/** Do weights of several letters read the same thing, which would not tell them apart? @param {Parameter[]} all */
const isMixed = (all) =>
  all.some((one, k) => all.slice(0, k).some((other) => other.reads === one.reads && letterOf(other) !== letterOf(one)));

/**
 * The layers that have weights, in playing order; each weight is listed where it is first used, but in its own layer
 * where that would mix several layers' weights.
 * @param {import("../types.js").Layout} layout @param {Facet} scene @returns {Group[]}
 */
export function groupsOf({ stages }, { formulas }) {
  /** @type {Set<string>} */
  const seen = new Set(stages.map(({ value }) => value));
  /**
   * A value's own parameters, and those of what it is made of on the way.
   * @param {string} value @returns {Group["parameters"]}
   */
  const parametersOf = (value) =>
    formulas[value].terms.flatMap(({ factors }) => {
      const name = factors.find((factor) => factor.parameter)?.parameter;
      const inner = factors.flatMap(({ value: read, before }) => {
        if (!read || before || seen.has(read) || !formulas[read]) return [];
        seen.add(read);
        return parametersOf(read);
      });
      if (!name || seen.has(name)) return inner;
      seen.add(name);
      return [{ name, reads: factors.find((factor) => factor.value)?.value ?? null }, ...inner];
    });
  const groups = stages.map(({ value, role }, stage) => ({ stage, value, role, parameters: parametersOf(value) }));
  for (const group of groups.filter(({ parameters }) => isMixed(parameters))) {
    const own = (/** @type {Parameter} */ one) => groups.find(({ value }) => value === letterOf(one)) ?? group;
    for (const one of group.parameters.splice(0)) own(one).parameters.push(one);
  }
  for (const { parameters } of groups) parameters.sort((a, b) => ORDER.indexOf(a.name[0]) - ORDER.indexOf(b.name[0]));
  return groups.filter(({ parameters }) => parameters.length);
}

/**
 * The value a lit name stands for: itself, or the layer that the parameter belongs to.
 * @param {Facet} facet @param {string|null} name
 */
export function highlightedValue(facet, name) {
  const [parameter] = name?.split(".") ?? [];
  return (
    groupsOf(facet.layout, facet).find(({ parameters }) => parameters.some((one) => one.name === parameter))?.value ??
    name
  );
}

/**
 * What a weight is that multiplies nothing: PyTorch's b_hn is inner, beside the bias that the sum has.
 * @param {string} name @returns {"inner"|"log"|"bias"}
 */
function kindOf(name) {
  if (name.startsWith("d_")) return "inner";
  return name.startsWith("l_") ? "log" : "bias";
}

/**
 * What such a weight is called where its layer is known.
 * @param {import("../../components/base/words.js").Word} word @param {string} name
 */
export function aloneOf(word, name) {
  const kind = kindOf(name);
  return word(kind === "inner" ? "bias.inner" : kind);
}

/**
 * What a weight is called.
 * @param {import("../../components/base/words.js").Word} word @param {{name: string, reads: string|null}} parameter
 * @param {string} group
 */
export const labelOf = (word, { name, reads }, group) =>
  reads ? word("weight.on", { group, value: word(`value.${reads}.name`) }) : word(`weight.${kindOf(name)}`, { group });
