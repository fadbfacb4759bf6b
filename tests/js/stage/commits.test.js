import assert from "node:assert/strict";
import { test } from "node:test";
import { createCommits } from "../../../app/stage/commits.js";
import { withTexts } from "../../../app/stage/state/address.js";

globalThis.document = { baseURI: "http://here/lessons/fourday" };

const commit = (n) => ({ weights: { b_f: n }, days: {}, show: ["A"], n });

/** Commits whose requests are answered by hand. */
function held() {
  const requests = [],
    taken = [],
    refused = [];
  const request = (url, { body, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      requests.push({ url: url.href, body: JSON.parse(body), resolve, reject });
    });
  const on = { take: (answer) => taken.push(answer), refuse: ({ n }) => refused.push(n) };
  return { ...createCommits(on, request), requests, taken, refused };
}

const settled = () => new Promise((done) => setTimeout(done));
const ok = (answer) => ({ ok: true, json: async () => answer });

test("a commit is posted beside the page, and its answer taken", async () => {
  const { post, requests, taken, refused } = held();
  post("token", commit(1));
  assert.deepEqual([requests[0].url, requests[0].body], ["http://here/lessons/commits/token", commit(1)]);
  requests[0].resolve(ok("answer"));
  await settled();
  assert.deepEqual([taken, refused], [["answer"], []]);
});

test("the newest wins", async () => {
  const { post, requests, taken, refused } = held();
  post("token", commit(1));
  post("token", commit(2));
  requests[0].resolve(ok("late"));
  requests[1].resolve(ok("answer"));
  await settled();
  assert.deepEqual([taken, refused], [["answer"], []]);
});

test("one that is refused, or does not arrive, is for Streamlit", async () => {
  const { post, requests, taken, refused } = held();
  post("token", commit(1));
  requests[0].resolve({ ok: false });
  await settled();
  post("token", commit(2));
  requests[1].reject(new Error("offline"));
  await settled();
  assert.deepEqual([taken, refused], [[], [1, 2]]);
});

test("a page that is left hears of none", async () => {
  const { post, cancel, requests, taken, refused } = held();
  post("token", commit(1));
  cancel();
  requests[0].resolve(ok("answer"));
  await settled();
  assert.deepEqual([taken, refused], [[], []]);
});

test("what an address says of the controls replaces what it said, and leaves the rest", () => {
  assert.equal(withTexts("?f=1,2&at=3.2&lang=vi", { f: "2,1", i: null, show: "B" }), "?f=2%2C1&at=3.2&lang=vi&show=B");
  assert.equal(withTexts("?f=1,2", { f: null }), "");
});
