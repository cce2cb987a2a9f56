// A stopwatch that a hand full of oil can trust: pure, the clock is handed in.

/** Counts while it runs, across pauses. */
export class Stopwatch {
  #now;
  #before = 0;
  #since = null;

  /**
   * @param {() => number} now milliseconds
   * @param {{ before: number, since: number | null }} [state] of an earlier one, to count on from
   */
  constructor(now, state) {
    this.#now = now;
    this.#before = state?.before ?? 0;
    this.#since = state?.since ?? null;
  }

  /** What another one needs to count on. */
  get state() {
    return { before: this.#before, since: this.#since };
  }

  get running() {
    return this.#since !== null;
  }

  /** Milliseconds counted. */
  get elapsed() {
    return this.#before + (this.running ? this.#now() - this.#since : 0);
  }

  start() {
    this.#since ??= this.#now();
  }

  pause() {
    this.#before = this.elapsed;
    this.#since = null;
  }
}

/** "3:07" */
export function clockFace(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Minutes as they are written into the field: to a tenth, at least one. */
export function minutes(ms) {
  return String(Math.max(0.1, Math.round(ms / 6000) / 10));
}
