import assert from "node:assert/strict";
import { test } from "node:test";

import { Latest, words } from "./lab.js";

test("while an answer is on its way only the last wish waits", async () => {
  const asked = [];
  let value = 0;
  let free;
  const latest = new Latest(() => {
    asked.push(value);
    return new Promise((resolve) => (free = resolve));
  });
  const first = latest.want();
  for (value = 1; value < 5; value++) latest.want();
  free();
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  free();
  await first;
  assert.deepEqual(asked, [0, 5]);
});

test("a request that failed does not stop the next", async () => {
  let asked = 0;
  const latest = new Latest(async () => {
    asked += 1;
    if (asked === 1) throw new Error("away");
  });
  await latest.want();
  await latest.want();
  assert.equal(asked, 2);
});

test("values are written with their unit and a true minus", () => {
  assert.deepEqual([words("7.5", " N"), words(-2, "°")], ["7.5 N", "−2°"]);
});
