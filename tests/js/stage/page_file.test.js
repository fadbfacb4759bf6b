import assert from "node:assert/strict";
import { test } from "node:test";

import { filledPage } from "../../../app/stage/page_file.js";
import { stateNow } from "../../../app/stage/taken.js";

const TEMPLATE = "<html lang='%language%'><title>%title%</title>%link%<script>%scene%</script>100%scene";
const still = JSON.stringify({ words: { lang: "vi", "page.link": "Open <it>" } });
const SCENE = /** @type {any} */ ({
  cells: { lstm: { still } },
  page: "%scene% & </title><b>",
  series: [],
  reads: ["</script><!--", "\u2028"],
  guide: { lesson: "lstm" },
  commits: "token",
});

test("a page holds the scene without what a server answers, and no text becomes a tag", () => {
  const page = filledPage(TEMPLATE, SCENE, 'https://a.test/?x="><b>');
  const [, title, link, json] = /** @type {RegExpExecArray} */ (
    /<title>(.*)<\/title>(<a .*<\/a>)<script>(.*)<\/script>100%scene/.exec(page)
  );
  assert.equal(title, "%scene% &amp; &lt;/title&gt;&lt;b&gt;");
  assert.match(link, /^<a href="https:\/\/a\.test\/\?x=&quot;&gt;&lt;b&gt;" [^<>]*>Open &lt;it&gt;<\/a>$/);
  assert.doesNotMatch(json, /[<>&\u2028]/);
  const sent = JSON.parse(json);
  assert.deepEqual(sent.reads, SCENE.reads);
  assert.deepEqual([sent.guide, sent.commits, "page" in sent], [null, null, false]);
});

test("it links to the web alone", () => {
  for (const address of ["file:///a.html", "about:srcdoc", "javascript:alert(1)"])
    assert.match(filledPage(TEMPLATE, SCENE, address), /<\/title><script>/);
});

test("it opens where the reader is, counted from 1", () => {
  const controls = { weights: { b_f: 2 }, days: {}, show: [] };
  const covers = { ones: ["A/h/3"], rows: [], open: [] };
  /** @param {{step: number, stage: number}|null} at */
  const parts = (at) =>
    /** @type {any} */ ({
      controls: { now: () => controls },
      playback: { playhead: { address: () => at } },
      selection: { selected: () => ({ unit: 1, backward: true }) },
      annotations: { covers: () => covers },
    });
  const state = stateNow(parts({ step: 2, stage: 0 }));
  assert.deepEqual(state, { controls, at: [3, 1], unit: 1, backward: true, covers });
  assert.equal(stateNow(parts(null)).at, null);
});

test("it is written in the words, with the decimals and in the look that were chosen", () => {
  const words = { cells: { lstm: { lang: "en", "page.link": "Link" } }, names: { A: "Company A" }, title: "Four days" };
  const scene = { ...SCENE, sequences: { A: "Công ty A" }, series: [{ key: "A", name: "Công ty A" }] };
  const page = filledPage("%language% %look% %title%|%scene%", scene, "", { words, digits: 4, theme: "print" });
  const [head, json] = page.split("|");
  assert.equal(head, "en print Four days");
  const sent = JSON.parse(json);
  assert.equal(JSON.parse(sent.cells.lstm.still).words.lang, "en");
  assert.deepEqual([sent.series[0].name, sent.sequences.A, sent.digits], ["Company A", "Company A", 4]);
});
