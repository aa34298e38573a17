import { say } from "./live.js";

const PREFIX = "draft:";
const SKIP = new Set(["csrf_token", "version"]);

/** Keeps what is typed in this window until it is saved, so that a lost session or a failed server loses nothing. */
export function draft(form) {
  const name = `${PREFIX}${location.pathname}:${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((field) => field.name && !SKIP.has(field.name) && field.type !== "submit");
  const state = () => JSON.stringify(fields().map((f) => (f.type === "checkbox" ? f.checked : f.value)));
  const start = state();
  const kept = sessionStorage.getItem(name);
  if (kept && kept !== start && !document.getElementById("problems")) restore(JSON.parse(kept));
  form.addEventListener("input", () => sessionStorage.setItem(name, state()));
  form.addEventListener("change", () => sessionStorage.setItem(name, state()));

  function restore(values) {
    const all = fields();
    if (values.length !== all.length) return;
    all.forEach((field, i) => {
      if (field.type === "checkbox") field.checked = values[i];
      else field.value = values[i];
    });
    const note = Object.assign(document.createElement("p"), { className: "notice", textContent: form.dataset.restored });
    form.before(note);
    say(form.dataset.restored);
  }
}

/** Something was saved: drafts have done their work. */
export function forget() {
  Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key));
}
