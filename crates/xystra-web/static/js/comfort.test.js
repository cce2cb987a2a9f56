import assert from "node:assert/strict";
import { test } from "node:test";

import { ago } from "./ago.js";
import { step } from "./find.js";
import { Stopwatch, clockFace, minutes } from "./timer.js";

test("ages are told in words that do not flicker", () => {
  const told = [0, 4_999, 7_000, 59_999, 60_000, 3_599_000, 7_200_000].map(ago);
  assert.deepEqual(told, ["just now", "just now", "5 s ago", "55 s ago", "1 min ago", "59 min ago", "2 h ago"]);
});

test("arrows walk through what was found, around its ends", () => {
  assert.deepEqual([step(-1, "ArrowDown", 3), step(2, "ArrowDown", 3), step(-1, "ArrowUp", 3), step(0, "ArrowUp", 3)], [0, 0, 2, 2]);
  assert.equal(step(0, "ArrowDown", 0), -1);
});

test("a stopwatch counts across pauses, and pressing twice changes nothing", () => {
  let now = 0;
  const watch = new Stopwatch(() => now);
  watch.start();
  now = 60_000;
  watch.start();
  watch.pause();
  now = 500_000;
  watch.start();
  now = 530_000;
  assert.deepEqual([watch.running, watch.elapsed, clockFace(watch.elapsed), minutes(watch.elapsed)], [true, 90_000, "1:30", "1.5"]);
  assert.deepEqual([clockFace(5_400), minutes(1_000)], ["0:05", "0.1"]);
});

test("a stopwatch counts on from an earlier one", () => {
  let now = 10_000;
  const first = new Stopwatch(() => now);
  first.start();
  now = 40_000;
  const second = new Stopwatch(() => now, JSON.parse(JSON.stringify(first.state)));
  now = 70_000;
  assert.deepEqual([second.running, second.elapsed], [true, 60_000]);
  assert.equal(new Stopwatch(() => now, null).elapsed, 0);
});
