import assert from "node:assert/strict";
import test from "node:test";
import { sayKey } from "../../../app/stage/panels/workings.js";

/** @param {string|null} name @param {number} result */
const said = (name, result) => sayKey("f", { function: name, result }).split(".").at(-1);

test("a share is nearly 0, nearly all or between; anything else is below, near or above zero", () => {
  for (const name of ["sigmoid", "hard_sigmoid(0.4, 0.3)", "exp"])
    assert.deepEqual(
      [0, 0.05, 0.5, 0.95, 20].map((result) => said(name, result)),
      ["low", "low", "mid", "high", "high"],
    );
  for (const name of [null, "tanh", "linear_sigmoid", "log_sigmoid"])
    assert.deepEqual(
      [-0.5, 0.01, 0.07, 0.5].map((result) => said(name, result)),
      ["low", "mid", "high", "high"],
    );
});
