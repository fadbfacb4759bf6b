/** Writes with a network as the page does: a line of JSON in, a text out. */

import { createInterface } from "node:readline";
import { createDraft } from "../../app/components/writing/draft.js";
import { networkOf } from "../../app/components/writing/network.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { network, graph, asked } = JSON.parse(line);
  const draft = createDraft(networkOf(network, graph), asked);
  const written = draft.reading.text.map((_, at) => draft.letterAt(at)).join("");
  console.log(JSON.stringify(written));
}
