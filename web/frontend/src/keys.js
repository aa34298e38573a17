import { pageOf } from "./page.js";

const OFF = "keys-off";

/** Whether single keys may act: not while one types, not when switched off (WCAG 2.1.4). */
export function keysAct(event) {
  if (localStorage.getItem(OFF) || event.ctrlKey || event.metaKey || event.altKey) return false;
  return !event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
}

export function keysSwitch(box) {
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
}

export function globalKeys() {
  document.addEventListener("keydown", (event) => {
    if (!keysAct(event) || event.defaultPrevented) return;
    if (event.key === "?") return showKeys();
    if (event.key === "/" || event.key.toLowerCase() === "s") {
      const field = document.getElementById("quick");
      if (!field) return;
      event.preventDefault();
      field.focus();
    }
  });
}

/** The list of keys over the page, so that what was chosen in a picture stays; closed by Esc, as dialogs are. */
export async function showKeys() {
  const address = document.querySelector("[data-help]")?.href;
  if (!address || document.querySelector("dialog[open]")) return;
  const page = await pageOf(await fetch(address));
  if (document.querySelector("dialog[open]")) return; // the key was pressed twice
  const dialog = document.createElement("dialog");
  const title = page.getElementById("keys"), list = page.getElementById("key-list");
  const close = Object.assign(document.createElement("button"), { className: "button small quiet", textContent: list.dataset.close });
  dialog.setAttribute("aria-labelledby", "keys");
  dialog.append(title, close, list); // it has the focus: below the list one would not see where that begins
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  (document.fullscreenElement ?? document.body).append(dialog);
  dialog.showModal();
}
