import assert from "node:assert/strict";
import { test } from "node:test";

import { AGAIN, Keeper, LONGEST, REST } from "./keeper.js";

/** A form, a server and a clock that the test holds in its hands. */
function room({ revision = 0, text = "" } = {}) {
  const it = { text, now: 0, timers: [], sent: [], said: [] };
  const clock = {
    now: () => it.now,
    later: (ms, run) => {
      const timer = { at: it.now + ms, run };
      it.timers.push(timer);
      return timer;
    },
    cancel: (timer) => {
      it.timers = it.timers.filter((known) => known !== timer);
    },
  };
  const send = (revision, body) => new Promise((resolve, reject) => it.sent.push({ revision, body, resolve, reject }));
  it.keeper = new Keeper({ revision, read: () => it.text, send, clock, tell: (state, detail) => it.said.push([state, detail]) });
  it.type = (text) => {
    it.text = text;
    it.keeper.changed();
  };
  it.pass = (ms) => {
    it.now += ms;
    const due = it.timers.filter((timer) => timer.at <= it.now);
    it.timers = it.timers.filter((timer) => timer.at > it.now);
    for (const timer of due) timer.run();
    return settle();
  };
  it.answer = (answer) => {
    it.sent.at(-1).resolve(answer);
    return settle();
  };
  return it;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a change is sent after a rest, and only the server's word makes it saved", async () => {
  const it = room({ revision: 4 });
  it.type("pain=5");
  await it.pass(REST - 1);
  assert.equal(it.sent.length, 0);
  await it.pass(1);
  assert.deepEqual([it.sent.length, it.sent[0].revision, it.sent[0].body], [1, 4, "pain=5"]);
  assert.equal(it.keeper.state, "saving");
  assert.equal(it.keeper.unsaved, true);
  await it.answer({ status: 200, revision: 5 });
  assert.equal(it.keeper.state, "saved");
  assert.equal(it.keeper.unsaved, false);
});

test("typing without a rest is sent within a second", async () => {
  const it = room();
  for (let at = 0; at < LONGEST; at += 100) {
    it.type(`note=${at}`);
    await it.pass(100);
  }
  assert.equal(it.sent.length, 1);
});

test("what is typed while the server answers is sent as well, and nothing is called saved before", async () => {
  const it = room();
  it.type("a");
  await it.pass(REST);
  it.type("ab");
  await it.answer({ status: 200, revision: 1 });
  assert.equal(it.keeper.state, "saving");
  await it.pass(REST);
  assert.deepEqual([it.sent.length, it.sent[1].revision, it.sent[1].body], [2, 1, "ab"]);
  await it.answer({ status: 200, revision: 2 });
  assert.equal(it.keeper.state, "saved");
});

test("a failure keeps the text and tries again until it is saved", async () => {
  const it = room();
  it.type("a");
  await it.pass(REST);
  it.sent[0].reject(new TypeError("no network"));
  await settle();
  assert.equal(it.keeper.state, "failed");
  await it.pass(AGAIN);
  assert.equal(it.sent.length, 2);
  await it.answer({ status: 500 });
  assert.equal(it.keeper.state, "failed");
  await it.pass(AGAIN);
  assert.equal(it.sent[2].body, "a");
  await it.answer({ status: 200, revision: 1 });
  assert.equal(it.keeper.state, "saved");
});

test("another tab's draft is never overwritten unasked", async () => {
  const it = room({ revision: 1 });
  it.type("mine");
  await it.pass(REST);
  await it.answer({ status: 409, revision: 7, saved_at: "Wed 11 March 2026, 09:30" });
  assert.deepEqual(it.said.at(-1), ["elsewhere", { savedAt: "Wed 11 March 2026, 09:30" }]);
  it.type("mine still");
  await it.pass(60_000);
  it.keeper.flush();
  assert.equal(await it.keeper.keep(), false);
  assert.equal(it.sent.length, 1);
  it.keeper.keepMine();
  assert.deepEqual([it.sent[1].revision, it.sent[1].body], [7, "mine still"]);
  await it.answer({ status: 200, revision: 8 });
  assert.equal(it.keeper.state, "saved");
});

test("a sign-in that ended is asked for once, and the text goes after it", async () => {
  const it = room();
  it.type("a");
  await it.pass(REST);
  await it.answer({ status: 401 });
  assert.equal(it.keeper.state, "signed-out");
  it.type("ab");
  await it.pass(60_000);
  assert.equal(it.sent.length, 1);
  const kept = it.keeper.keep();
  await it.answer({ status: 200, revision: 1 });
  assert.equal(await kept, true);
  assert.equal(it.sent[1].body, "ab");
});

test("a page that goes sends what is not saved, once and only if there is something", async () => {
  const it = room({ text: "a" });
  it.keeper.flush();
  assert.equal(it.sent.length, 0);
  it.type("ab");
  it.keeper.flush();
  assert.equal(it.sent[0].body, "ab");
});

test("a form that is sent is kept first", async () => {
  const it = room();
  const kept = it.keeper.keep();
  await it.answer({ status: 200, revision: 1 });
  assert.equal(await kept, true);
});
