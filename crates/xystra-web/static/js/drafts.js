// Ties each form[data-draft] to its Keeper, and shows what became of the text.

import { ago } from "./ago.js";
import { Keeper } from "./keeper.js";
import { signInAgain } from "./sign-in.js";

const clock = { now: () => Date.now(), later: (ms, run) => setTimeout(run, ms), cancel: (timer) => clearTimeout(timer) };
const tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2);

/** Keeps drafts of every form that asks for it. */
export function keepDrafts(page) {
  for (const form of page.querySelectorAll("form[data-draft]")) keepDraft(form);
}

function keepDraft(form) {
  const shown = new Shown(form);
  const keeper = new Keeper({
    revision: Number(form.dataset.revision ?? 0),
    read: () => fieldsOf(form),
    send: async (revision, body) => noted(form, await send(form.dataset.draft, revision, body)),
    clock,
    tell: (state, detail) => shown.say(state, detail),
  });
  shown.retry = () => keeper.keep();
  shown.keepMine = () => keeper.keepMine();
  listen(form, keeper);
}

function listen(form, keeper) {
  let leaving = false;
  const typed = (event) => {
    if (event.target.form === form) keeper.changed();
  };
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) keeper.flush();
  });
  addEventListener("pagehide", () => {
    if (!leaving) keeper.flush();
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && keeper.unsaved) event.preventDefault();
  });
  // The text is safe on the server before the form leaves; if it cannot be, the form stays.
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    if (!(await keeper.keep())) return;
    leaving = true;
    form.requestSubmit(event.submitter);
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
}

/** The form posts the revision it stands for, so that a page which comes back refused goes on from there. */
function noted(form, said) {
  const field = form.elements.namedItem("_revision");
  if (field && said.status === 200) field.value = said.revision;
  return said;
}

/** The fields as a browser would post them, without secrets and what belongs to this page only. */
function fieldsOf(form) {
  const secret = new Set([...form.querySelectorAll("input[type=password]")].map((input) => input.name));
  const fields = [...new FormData(form)].filter(([name, value]) => {
    return typeof value === "string" && !name.startsWith("_") && !secret.has(name);
  });
  return new URLSearchParams(fields).toString();
}

async function send(key, revision, body) {
  const answer = await fetch(`/drafts/${encodeURIComponent(key)}`, {
    method: "PUT",
    headers: { "content-type": "application/json", "x-csrf": document.body.dataset.csrf },
    body: JSON.stringify({ revision, tab, body }),
    keepalive: body.length < 60_000,
  });
  const said = await answer.json().catch(() => ({}));
  return { ...said, status: answer.status };
}

const WORDS = { clean: "", saving: "saving…", saved: "saved", failed: "not saved", "signed-out": "waiting for you", elsewhere: "not saved" };

/** The word at the foot of the form, and the note when something is wrong. */
class Shown {
  #form;
  #word;
  #note = null;
  #savedAt = 0;
  retry = () => {};
  keepMine = () => {};

  constructor(form) {
    this.#form = form;
    this.#word = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    setInterval(() => this.#age(), 5000);
  }

  say(state, detail) {
    if (state === "saved") this.#savedAt = Date.now();
    if (this.#word && this.#word.dataset.state !== state) {
      this.#word.dataset.state = state;
      this.#word.replaceChildren(WORDS[state]);
    }
    this.#age();
    this.#explain(state, detail);
  }

  // Seen, not announced: a reader that speaks would say it every five seconds.
  #age() {
    if (this.#word?.dataset.state !== "saved") return;
    const age = element("span", { textContent: ` ${ago(Date.now() - this.#savedAt)}` });
    age.setAttribute("aria-hidden", "true");
    this.#word.querySelector("span")?.remove();
    this.#word.append(age);
  }

  #explain(state, detail) {
    if (state === "saving" || (state === "failed" && this.#note?.dataset.state === "failed")) return;
    this.#note?.remove();
    this.#note = null;
    if (state === "failed") this.#show(state, "Not saved: Xystra does not answer. Your text is still here; it tries again every 2 seconds.", [["Try again", this.retry]]);
    if (state === "elsewhere") this.#show(state, `This form is open in another tab, which saved at ${detail.savedAt}. Nothing here was overwritten.`, [["Use what the other tab saved", () => location.reload()], ["Keep mine", this.keepMine]]);
    if (state === "signed-out") signInAgain(document).then(() => this.retry());
  }

  #show(state, words, buttons) {
    const acts = buttons.map(([name, run]) => {
      const button = element("button", { type: "button", className: "btn", textContent: name });
      button.addEventListener("click", run);
      return button;
    });
    this.#note = element("div", { className: "note is-stop note--save" });
    this.#note.dataset.state = state;
    this.#note.setAttribute("role", "alert");
    this.#note.append(element("p", { textContent: words }), ...acts);
    const foot = this.#form.querySelector(".formfoot");
    if (foot) foot.before(this.#note);
    else this.#form.prepend(this.#note);
    this.#note.scrollIntoView({ block: "nearest" });
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
