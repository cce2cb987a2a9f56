// The treatment room: the minutes on each region count by themselves, and the screen stays on meanwhile.
// The count survives a page that is saved and comes again; only milliseconds are kept, in this tab.

import { Stopwatch, clockFace, minutes } from "./timer.js";

/** Milliseconds below which a start was a slip of the finger: the planned minutes stay. */
const SLIP = 10_000;
/** Milliseconds between two writings of the minutes, so that a lost tablet loses no more. */
const WRITE = 15_000;

class Timer {
  #watch;
  #key;
  #written;
  #field;
  #face;
  #button;

  constructor(place) {
    this.#field = document.getElementById(place.dataset.timer);
    this.#key = `timer:${location.pathname}:${place.dataset.timer}`;
    this.#watch = new Stopwatch(() => Date.now(), JSON.parse(sessionStorage.getItem(this.#key)));
    this.#written = this.#watch.elapsed;
    this.#face = place.querySelector("[data-clock]");
    this.#button = place.querySelector("[data-run]");
    this.#button.addEventListener("click", () => this.#toggle());
    setInterval(() => this.#tick(), 500);
    place.hidden = !this.#field;
    this.#face.textContent = clockFace(this.#watch.elapsed);
    if (this.running) this.#say("Pause", "pause");
    else if (this.#watch.elapsed > 0) this.#say("Go on", "play");
  }

  get running() {
    return this.#watch.running;
  }

  pause() {
    if (!this.running) return;
    this.#watch.pause();
    this.#remember();
    this.write();
    this.#say("Go on", "play");
  }

  /** Writes the minutes into the field, as if they were typed. */
  write() {
    if (this.#watch.elapsed === this.#written || this.#watch.elapsed < SLIP) return;
    this.#written = this.#watch.elapsed;
    this.#field.value = minutes(this.#written);
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #toggle() {
    if (this.running) this.pause();
    else this.#start();
    stayAwake();
  }

  #start() {
    for (const other of timers) if (other !== this) other.pause();
    this.#watch.start();
    this.#remember();
    this.#say("Pause", "pause");
  }

  #remember() {
    sessionStorage.setItem(this.#key, JSON.stringify(this.#watch.state));
  }

  #tick() {
    if (!this.running) return;
    this.#face.textContent = clockFace(this.#watch.elapsed);
    if (this.#watch.elapsed - this.#written >= WRITE) this.write();
  }

  #say(word, icon) {
    this.#button.toggleAttribute("data-running", this.running);
    this.#button.querySelector("span").textContent = word;
    this.#button.querySelector("use")?.setAttribute("href", `/static/glyphs/icons.svg#${icon}`);
  }
}

/** Keeps the screen on while a timer runs, where the browser can. */
async function stayAwake() {
  const wanted = timers.some((timer) => timer.running) && document.visibilityState === "visible";
  try {
    if (wanted) awake ??= await navigator.wakeLock.request("screen");
    else await awake?.release();
    if (!wanted) awake = null;
  } catch {
    awake = null;
  }
}

let awake = null;
const timers = [...document.querySelectorAll("[data-timer]")].map((place) => new Timer(place));
addEventListener("submit", () => timers.forEach((timer) => timer.write()), { capture: true });
document.addEventListener("visibilitychange", () => stayAwake());
