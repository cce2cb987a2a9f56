// Light or dark, without leaving the page. The server remembers it in a cookie.

/** Makes the theme button act in place. */
export function switchTheme(page) {
  page.querySelector("[data-theme-form]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = isDark(page.documentElement) ? "light" : "dark";
    page.documentElement.dataset.theme = theme;
    fetch("/theme", { method: "POST", body: new URLSearchParams({ theme }), redirect: "manual" }).catch(() => {});
  });
}

function isDark(root) {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
