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
