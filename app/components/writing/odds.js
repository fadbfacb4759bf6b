/** From scores to odds, and what is drawn by them: as `app/lessons/writing/model.py` does. Pure. */

/**
 * The odds of every letter: softmax of the scores over the temperature; at temperature 0 the best letter's are 1.
 * @param {Float64Array} scores @param {number} temperature
 */
export function oddsOf(scores, temperature) {
  const most = Math.max(...scores);
  if (temperature === 0) {
    const first = scores.indexOf(most);
    return scores.map((_, k) => Number(k === first));
  }
  const powers = scores.map((score) => Math.exp((score - most) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/**
 * Shares as tenths of a percent whose sum is 1000: each is rounded down, and the largest remainders are rounded up.
 * @param {number[]} shares
 */
export function tenthsOf(shares) {
  const all = 1000 / (shares.reduce((sum, share) => sum + share, 0) || 1);
  const tenths = shares.map((share) => Math.floor(share * all));
  const rest = shares.map((share, k) => share * all - tenths[k]);
  const order = [...shares.keys()].sort((a, b) => rest[b] - rest[a]);
  const missing = 1000 - tenths.reduce((sum, one) => sum + one, 0);
  for (const k of order.slice(0, Math.max(0, missing))) tenths[k] += 1;
  return tenths;
}

/** How undecided odds are, in bits. @param {Float64Array} odds */
export const entropyOf = (odds) => odds.reduce((sum, odd) => (odd > 0 ? sum - odd * Math.log2(odd) : sum), 0);

/** The letter that a number from 0 to 1 draws. @param {Float64Array} odds @param {number} number */
export function drawn(odds, number) {
  let total = 0;
  for (let k = 0; k < odds.length; k += 1) {
    total += odds[k];
    if (number < total) return k;
  }
  return odds.length - 1;
}
