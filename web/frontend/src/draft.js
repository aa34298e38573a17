import { say } from "./live.js";

const PREFIX = "draft:", SENT = "sent";
const SKIP = new Set(["csrf_token"]);

/** A draft belongs to its form and to all that the address fills it with, not to the page that one came from. */
function nameOf(form) {
  const { pathname, searchParams } = new URL(form.getAttribute("action") ?? "", location.href);
  searchParams.delete("next");
  return `${PREFIX}${pathname}?${searchParams}:${form.dataset.draft}`;
}

/** Keeps what is typed in this window until it is saved, so that a lost session or a failed server loses nothing. */
export function draft(form) {
  const name = nameOf(form);
  const fields = () => [...form.elements].filter((field) => field.name && !SKIP.has(field.name) && !["submit", "button", "fieldset"].includes(field.type));
  const state = () => JSON.stringify(fields().map((f) => [f.name, f.type === "checkbox" ? f.checked : f.value, f.value]));
  const start = state();
  const kept = sessionStorage.getItem(name);
  if (kept && kept !== start && !form.dataset.shown && !document.getElementById("problems")) restore(JSON.parse(kept));
  form.addEventListener("input", () => sessionStorage.setItem(name, state()));
  form.addEventListener("change", () => sessionStorage.setItem(name, state()));
  document.querySelector("[data-anew]")?.addEventListener("click", () => sessionStorage.removeItem(name));
  if (form.dataset.shown) sessionStorage.setItem(name, start); // rows were added or taken away: they belong to the draft

  function restore(values) {
    const all = fields();
    if (values.length !== all.length || values.some(([field], i) => field !== all[i].name)) return offer(values);
    all.forEach((field, i) => {
      if (values[i][1] !== (field.type === "checkbox" ? field.checked : field.value)) field.closest("details")?.setAttribute("open", "");
      if (field.type === "checkbox") field.checked = values[i][1];
      else field.value = values[i][1];
    });
    note(form.dataset.restored);
  }
  function note(text, ...more) {
    const box = Object.assign(document.createElement("p"), { className: "notice", textContent: text });
    box.append(...more);
    form.before(box);
    say(text);
  }
  /** The draft has other rows than this form: the server makes the form with them. */
  function offer(values) {
    if (!form.dataset.bring) return;
    const back = Object.assign(document.createElement("form"), { method: "post", className: "row" });
    const token = form.elements.csrf_token.value;
    const said = values.filter(([, value]) => value !== false).map(([field, value, own]) => [field, value === true ? own : value]);
    back.append(...[...said, ["csrf_token", token], ["add", "draft"]].map(([field, value]) =>
      Object.assign(document.createElement("input"), { type: "hidden", name: field, value })));
    back.append(Object.assign(document.createElement("button"), { className: "button small", textContent: form.dataset.bring }));
    note("", back);
  }
}

/** Notes of which draft the form is that was sent last. */
export function sending() {
  document.addEventListener("submit", ({ target }) => sessionStorage.setItem(SENT, target.dataset.draft ? nameOf(target) : ""));
}

/** What was sent is saved: its draft has done its work. */
export function saved() {
  sessionStorage.removeItem(sessionStorage.getItem(SENT));
}

/** The next one in this window is somebody else. */
export function forget() {
  Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key));
}
