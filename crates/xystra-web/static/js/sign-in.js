// The sign-in ended while somebody was typing: they sign in over the page, and nothing on it is lost.

let waiting = null;

/** Asks for name and password over the page; resolves when the same person is signed in again. */
export function signInAgain(page) {
  waiting ??= ask(page).finally(() => {
    waiting = null;
  });
  return waiting;
}

function ask(page) {
  const dialog = drawn(page);
  page.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = await enter(page, new FormData(event.target)).catch(() => "Xystra does not answer: try again.");
      if (problem) return complain(dialog, problem);
      dialog.close();
      dialog.remove();
      resolve();
    });
  });
}

/** Signs in and takes over the new page's word; returns what is wrong, or nothing. */
async function enter(page, fields) {
  const answer = await fetch("/sign-in", { method: "POST", body: new URLSearchParams([...fields, ["next", "/"]]), redirect: "manual" });
  if (answer.type !== "opaqueredirect") return refusal(await answer.text());
  const fresh = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
  const [was, is] = [page, fresh].map((side) => side.querySelector(".who")?.textContent);
  if (!is) return "A code is asked for too: sign in on another tab of this browser, then come back and try again.";
  if (was !== is) return "This form was begun by somebody else: sign in with the name that began it.";
  takeOver(page, fresh.body.dataset.csrf);
  return null;
}

function takeOver(page, csrf) {
  page.body.dataset.csrf = csrf;
  for (const input of page.querySelectorAll("input[name=_csrf]")) input.value = csrf;
}

function refusal(html) {
  const said = new DOMParser().parseFromString(html, "text/html").querySelector(".errors li")?.textContent;
  return said ?? "That did not work: try again.";
}

function complain(dialog, problem) {
  dialog.querySelector(".field__error").hidden = false;
  dialog.querySelector(".field__error").textContent = problem;
  dialog.querySelector("input[name=password]").select();
}

function drawn(page) {
  const dialog = page.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "again-title");
  dialog.innerHTML = `<form class="stack" method="post" action="/sign-in">
    <h2 id="again-title">Sign in to go on</h2>
    <p class="small">You were signed out. What you typed is still on this page and will be saved.</p>
    <p class="field__error" role="alert" hidden></p>
    <div class="field"><label for="again-login">Name to sign in with</label><input type="text" id="again-login" name="login" autocomplete="username" autocapitalize="none" required autofocus></div>
    <div class="field"><label for="again-password">Password</label><input type="password" id="again-password" name="password" autocomplete="current-password" required></div>
    <button class="btn btn--main btn--big">Sign in and save</button></form>`;
  return dialog;
}
