import assert from "node:assert/strict";
import { test } from "node:test";

import { filledPage, stateOf } from "../../../app/stage/page_file.js";

const TEMPLATE = "<html lang='%language%'><title>%title%</title>%link%<script>%scene%</script>100%scene";
const still = JSON.stringify({ words: { lang: "vi", "page.link": "Open <it>" } });
const SCENE = /** @type {any} */ ({
  cells: { lstm: { still } },
  page: "%scene% & </title><b>",
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
  const state = stateOf(controls, { step: 2, stage: 0 }, { unit: 1, backward: true });
  assert.deepEqual(state, { controls, at: [3, 1], unit: 1, backward: true });
  assert.equal(stateOf(controls, null, { unit: 0, backward: false }).at, null);
});
