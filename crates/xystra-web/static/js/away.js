// Once the sign-in has ended, what the page shows does not stay on the screen or in the browser's memory.

/** Milliseconds between two looks; a machine that slept looks when its screen comes back. */
const LOOK = 15_000;

/** Has the server heard nothing of this page for so long that the sign-in is over? Pure: the clock is handed in. */
export class Rest {
  #now;
  #longest;
  #since;

  /**
   * @param {() => number} now milliseconds
   * @param {number} minutes after which a sign-in without a request ends
   */
  constructor(now, minutes) {
    this.#now = now;
    this.#longest = minutes * 60_000;
    this.#since = now();
  }

  /** Something was typed, and so is sent. */
  typed() {
    this.#since = this.#now();
  }

  get isOver() {
    return this.#now() - this.#since > this.#longest;
  }
}

/** Puts the page away after the idle time that the body tells, or when somebody signs out in another tab. */
export function putAway(page) {
  const minutes = Number(page.body.dataset.idleMin);
  if (!minutes) return;
  const rest = new Rest(() => Date.now(), minutes);
  page.addEventListener("input", () => rest.typed());
  const look = () => {
    if (rest.isOver) clear(page);
  };
  setInterval(look, LOOK);
  page.addEventListener("visibilitychange", look);
  hearOthers(page);
}

function hearOthers(page) {
  const tabs = new BroadcastChannel("xystra");
  tabs.addEventListener("message", () => clear(page));
  page.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === "/sign-out") tabs.postMessage("signed out");
  });
}

/** Text that the server does not have yet is not thrown away: the page asks for a sign-in over itself. */
function clear(page) {
  const waits = page.querySelector("dialog[open], [data-saved][data-state=failed], [data-saved][data-state=saving]");
  if (waits || !page.querySelector("main")) return;
  const again = Object.assign(page.createElement("a"), { className: "btn btn--main", href: location.href, textContent: "Open it again" });
  const words = Object.assign(page.createElement("p"), { textContent: "This page was put away: the sign-in has ended. What was saved is safe." });
  const place = Object.assign(page.createElement("section"), { className: "card card--narrow stack" });
  place.setAttribute("role", "alert");
  place.append(words, again);
  page.title = "Signed out · Xystra";
  page.body.replaceChildren(place);
}
