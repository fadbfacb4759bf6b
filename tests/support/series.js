/** Computes the numbers of scenes for Python's tests: a line of JSON is read for a scene and written for its numbers. */
import { createInterface } from "node:readline";
import { computed } from "../../app/stage/series/scene.js";
import { unpackedScene } from "../../app/stage/series/unpack.js";

const plain = (_, value) => (value instanceof Float64Array ? [...value] : value);

for await (const line of createInterface({ input: process.stdin })) {
  const { sent, controls, unit, backward } = JSON.parse(line);
  const scene = computed(unpackedScene(sent), controls, unit, backward);
  process.stdout.write(`${JSON.stringify({ ...scene, cells: {} }, plain)}\n`);
}
