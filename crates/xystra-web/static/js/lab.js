// The lab answers while somebody slides. Without this the form asks for a page.

/** Makes every form[data-live] fetch its answer on every change. */
export function liveLab(page) {
  for (const form of page.querySelectorAll("form[data-live]")) new Live(form);
}

/** Runs `ask` at once and again when it was wanted meanwhile: never two at a time, and the last wish is always heard. */
export class Latest {
  #ask;
  #isBusy = false;
  #isWanted = false;

  /** @param {() => Promise<void>} ask */
  constructor(ask) {
    this.#ask = ask;
  }

  async want() {
    this.#isWanted = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#ask().catch(() => {});
    }
    this.#isBusy = false;
  }
}

/** "7.5 N": a slider's value as it is read. */
export function words(value, unit) {
  return String(value).replace("-", "\u2212") + unit;
}

/** How long nothing may move before the answer is read out, ms. */
const REST = 700;

class Live {
  #form;
  #answer;
  #said;
  #timer = null;

  constructor(form) {
    this.#form = form;
    this.#answer = document.getElementById(form.dataset.live);
    this.#said = document.getElementById(form.dataset.says);
    const latest = new Latest(() => this.#ask());
    // A list says "change" alone in some browsers and hands; the same wish twice costs nothing.
    for (const moved of ["input", "change"]) {
      form.addEventListener(moved, (event) => {
        this.#follow(event.target);
        latest.want();
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of form.querySelectorAll("[data-needless]")) button.hidden = true;
  }

  /** What hangs on the field that moved: its words, and a slider that its choice sets. */
  #follow(field) {
    if (field.type === "range") this.#show(field);
    for (const follower of this.#form.querySelectorAll(`[data-follows="${field.name}"]`)) follower.value = field.value;
    const sets = field.selectedOptions?.[0]?.dataset.value;
    const slider = sets && this.#form.elements[field.dataset.sets];
    if (!slider) return;
    slider.value = sets;
    this.#show(slider);
  }

  #show(slider) {
    const output = this.#form.querySelector(`output[for="${slider.id}"]`);
    output.textContent = words(slider.value, output.dataset.unit);
    slider.setAttribute("aria-valuetext", output.textContent);
  }

  async #ask() {
    const asked = new URLSearchParams(new FormData(this.#form));
    const answer = await fetch(`${this.#form.dataset.from}?${asked}`);
    if (answer.redirected || !answer.ok) return location.assign(`${location.pathname}?${asked}`);
    this.#put(await answer.text());
    history.replaceState(null, "", `?${asked}`);
  }

  /** Replaces the answer and leaves open what was open. */
  #put(html) {
    const open = [...this.#answer.querySelectorAll("details[open]")].map((twin) => twin.id);
    this.#answer.innerHTML = html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#said.textContent = this.#answer.querySelector(".say")?.textContent ?? ""), REST);
  }
}
