import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnswers } from "../../../app/components/overview/answers.js";

globalThis.document = { baseURI: "http://here/model" };

const place = (step) => ({ unit: 3, step, value: "f" });
const settled = () => new Promise((done) => setTimeout(done));
const ok = (answer) => ({ ok: true, json: async () => answer });

function held(tokens = ["first"]) {
  const requests = [],
    taken = [];
  const request = (url, { body }) =>
    new Promise((resolve, reject) => requests.push({ url: url.href, step: JSON.parse(body).step, resolve, reject }));
  const token = () => tokens[Math.min(requests.length, tokens.length - 1)];
  return { ...createAnswers(token, (pictures) => taken.push(pictures), request), requests, taken };
}

test("while one is under way only the newest waits, and is asked by the page's latest token", async () => {
  const { ask, requests, taken } = held(["first", "second"]);
  for (const step of [1, 2, 3]) ask(place(step));
  assert.equal(requests.length, 1);
  requests[0].resolve(ok("one"));
  await settled();
  requests[1].resolve(ok("three"));
  await settled();
  assert.deepEqual(
    requests.map(({ url, step }) => [url, step]),
    [
      ["http://here/commits/first", 1],
      ["http://here/commits/second", 3],
    ],
  );
  assert.deepEqual(taken, ["one", "three"]);
});

test("one that fails leaves the picture as it is, and the next is asked", async () => {
  const { ask, end, requests, taken } = held();
  ask(place(1));
  ask(place(2));
  requests[0].reject(new Error("offline"));
  await settled();
  requests[1].resolve({ ok: false });
  await settled();
  ask(place(4));
  end();
  requests[2].resolve(ok("late"));
  await settled();
  assert.deepEqual(taken, []);
});
