/** The published layouts, by their names: one of these is sent by its name alone. */

import cheat_sheet from "./layouts/cheat_sheet.json" with { type: "json" };
import gru from "./layouts/gru.json" with { type: "json" };
import lstm from "./layouts/lstm.json" with { type: "json" };
import rnn from "./layouts/rnn.json" with { type: "json" };

// TypeScript takes a pair of numbers in a JSON file for a list of any length.
export default /** @type {Record<string, any>} */ ({ cheat_sheet, gru, lstm, rnn });
