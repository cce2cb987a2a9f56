// Keeps what is typed in one form on the server, and never says "saved" before the server has.
// Pure: reading the form, sending, the clock and telling are handed in, so that each can be played in a test.

/** Milliseconds of rest after which a change is sent. */
export const REST = 500;
/** Milliseconds after which a change is sent even while typing goes on. */
export const LONGEST = 1000;
/** Milliseconds between two tries after a failure. */
export const AGAIN = 2000;

/**
 * What became of the text: "clean" (nothing typed), "saving", "saved", "failed" (tries again by itself),
 * "signed-out" (waits for a sign-in), "elsewhere" (another tab saved; nothing was overwritten).
 */
export class Keeper {
  #read;
  #send;
  #clock;
  #tell;
  #revision;
  #kept;
  #state = "clean";
  #changedAt = null;
  #timer = null;
  #sending = null;
  #theirs = null;

  /**
   * @param {object} parts
   * @param {number} parts.revision the draft's revision that the page was made from; 0 when there was none
   * @param {() => string} parts.read the form as it stands
   * @param {(revision: number, body: string) => Promise<{status: number, revision?: number, saved_at?: string}>} parts.send
   * @param {{now: () => number, later: (ms: number, run: () => void) => unknown, cancel: (timer: unknown) => void}} parts.clock
   * @param {(state: string, detail?: object) => void} parts.tell
   */
  constructor({ revision, read, send, clock, tell }) {
    this.#revision = revision;
    this.#read = read;
    this.#send = send;
    this.#clock = clock;
    this.#tell = tell;
    this.#kept = read();
  }

  get state() {
    return this.#state;
  }

  /** Is there text that the server has not acknowledged? */
  get unsaved() {
    return this.#read() !== this.#kept;
  }

  /** Something was typed. */
  changed() {
    if (!this.unsaved || this.#state === "elsewhere" || this.#state === "signed-out") return;
    this.#changedAt ??= this.#clock.now();
    if (this.#state !== "failed") this.#become("saving");
    if (this.#sending) return;
    const waited = this.#clock.now() - this.#changedAt;
    this.#plan(Math.max(0, Math.min(REST, LONGEST - waited)));
  }

  /** Sends now. Resolves to true when the server has everything. */
  async keep() {
    if (this.#state === "elsewhere") return false;
    this.#clock.cancel(this.#timer);
    while (this.#sending) await this.#sending;
    this.#sending = this.#round();
    await this.#sending;
    return this.#state === "saved";
  }

  /** Sends what is not saved when the page is about to go; the answer will not be seen. */
  flush() {
    if (this.unsaved && this.#state !== "elsewhere") this.#send(this.#revision, this.#read()).catch(() => {});
  }

  /** Goes on over what the other tab saved. */
  keepMine() {
    this.#revision = this.#theirs ?? this.#revision;
    this.#become("saving");
    return this.keep();
  }

  async #round() {
    const body = this.#read();
    this.#changedAt = null;
    this.#become("saving");
    try {
      this.#answered(await this.#send(this.#revision, body), body);
    } catch {
      this.#failed();
    } finally {
      this.#sending = null;
    }
  }

  #answered(answer, body) {
    if (answer.status === 200) return this.#saved(answer.revision, body);
    if (answer.status === 409) return this.#elsewhere(answer);
    if (answer.status === 401 || answer.status === 403) return this.#become("signed-out");
    return this.#failed();
  }

  #saved(revision, body) {
    this.#revision = revision;
    this.#kept = body;
    if (!this.unsaved) return this.#become("saved");
    this.#changedAt = this.#clock.now();
    this.#plan(REST);
  }

  #elsewhere(answer) {
    this.#theirs = answer.revision;
    this.#become("elsewhere", { savedAt: answer.saved_at });
  }

  #failed() {
    this.#become("failed");
    this.#plan(AGAIN);
  }

  #plan(ms) {
    this.#clock.cancel(this.#timer);
    this.#timer = this.#clock.later(ms, () => this.keep());
  }

  #become(state, detail) {
    if (state === "saving" && this.#state === "failed") return;
    this.#state = state;
    this.#tell(state, detail);
  }
}
