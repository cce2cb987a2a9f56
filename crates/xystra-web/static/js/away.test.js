import assert from "node:assert/strict";
import { test } from "node:test";
import { Rest } from "./away.js";

test("a page rests as long as the sign-in, counted from the last thing typed", () => {
  let now = 0;
  const rest = new Rest(() => now, 30);
  now = 30 * 60_000;
  assert.equal(rest.isOver, false);
  rest.typed();
  now += 30 * 60_000;
  assert.equal(rest.isOver, false);
  now += 1;
  assert.equal(rest.isOver, true);
});
