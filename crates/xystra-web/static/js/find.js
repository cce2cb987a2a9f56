// Instant find: clients appear while their name is typed. Without this the form asks the server.

const REST = 120;

/** Makes every input[data-find] answer while somebody types. */
export function instantFind(page) {
  for (const input of page.querySelectorAll("input[data-find]")) new Finder(input);
}

/** The next choice: none is -1; the ends meet. */
export function step(at, key, count) {
  if (count === 0) return -1;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return at <= 0 ? count - 1 : at - 1;
  return at;
}

class Finder {
  #input;
  #list;
  #timer = null;
  #asking = null;
  #at = -1;

  constructor(input) {
    this.#input = input;
    this.#list = Object.assign(document.createElement("div"), { className: "found", id: `${input.id || "find"}-found`, hidden: true });
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Clients found");
    (input.closest(".find") ?? input).append?.(this.#list);
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": this.#list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.#soon());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), REST);
  }

  async #ask() {
    const asked = this.#input.value.trim();
    this.#asking?.abort();
    if (!asked) return this.#close();
    this.#asking = new AbortController();
    try {
      const answer = await fetch(`/clients/find?q=${encodeURIComponent(asked)}`, { signal: this.#asking.signal });
      if (answer.ok) this.#show(await answer.json(), asked);
    } catch {
      this.#close();
    }
  }

  #show(found, asked) {
    this.#at = -1;
    const none = Object.assign(document.createElement("p"), { textContent: `Nobody here is called “${asked}”.` });
    this.#list.replaceChildren(...(found.length ? found.map((one, n) => this.#option(one, n)) : [none]));
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#input.removeAttribute("aria-activedescendant");
  }

  #option({ href, name, line }, n) {
    const option = Object.assign(document.createElement("div"), { id: `${this.#list.id}-${n}` });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.href = href;
    option.append(Object.assign(document.createElement("b"), { textContent: name }));
    if (line) option.append(Object.assign(document.createElement("small"), { textContent: line }));
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => location.assign(href));
    return option;
  }

  #key(event) {
    if (event.key === "Escape") return this.#close();
    if (this.#list.hidden) return;
    const options = this.#list.querySelectorAll("[role=option]");
    if (event.key === "Enter" && this.#at >= 0) {
      event.preventDefault();
      return location.assign(options[this.#at].dataset.href);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    this.#at = step(this.#at, event.key, options.length);
    this.#mark(options);
  }

  #mark(options) {
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.#at)));
    const chosen = options[this.#at];
    if (!chosen) return;
    this.#input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  #close() {
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}
