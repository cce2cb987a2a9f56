// Small comforts that any page may ask for.

/** Puts the focus where the page says to look first: the list of what is wrong. */
export function focusFirst(page) {
  page.querySelector("[data-focus]")?.focus();
}

/** Opens the tables behind the drawings for paper, and prints when a button says so. */
export function openForPrint(page) {
  addEventListener("beforeprint", () => {
    for (const twin of page.querySelectorAll("details.twin:not([open])")) {
      twin.open = true;
      addEventListener("afterprint", () => (twin.open = false), { once: true });
    }
  });
  for (const button of page.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

/** Proposes the browser's time zone where none is written yet. */
export function ownTimeZone(page) {
  const field = page.querySelector("input[data-time-zone]");
  if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

/** Shows [data-shown-by="field=value"] only while that answer is given; without this it is always there. */
export function showWhenAsked(page) {
  for (const part of page.querySelectorAll("[data-shown-by]")) {
    const form = part.closest("form");
    const [name, value] = part.dataset.shownBy.split("=");
    const show = () => (part.hidden = !new FormData(form).getAll(name).includes(value));
    form.addEventListener("change", show);
    show();
  }
}
