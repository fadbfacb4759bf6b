/** Tells where a text has letters of each kind, as the page counts them: a line of JSON in, one out. */

import { createInterface } from "node:readline";
import { KINDS } from "../../app/components/writing/watched.js";

for await (const line of createInterface({ input: process.stdin })) {
  const letters = [...JSON.parse(line)];
  const found = Object.entries(KINDS).map(([name, is]) => [name, letters.map((letter) => Number(is(letter)))]);
  console.log(JSON.stringify(Object.fromEntries(found)));
}
