import assert from "node:assert/strict";
import { test } from "node:test";
import { without } from "../../../app/components/stale_address/stale_address.js";

test("named settings are left out, and all others stay as they are written", () => {
  assert.equal(without("?f=1,2,3&cell=hard&at=3.4", ["f"]), "?cell=hard&at=3.4");
  assert.equal(without("?f=1,2,3", ["f"]), "");
  assert.equal(without("?ff=1&f", ["f"]), "?ff=1");
  assert.equal(without("", ["f"]), "");
});
