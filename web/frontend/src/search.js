import { say } from "./live.js";

const PAUSE = 120;

/** Search field with a list of hits below it (ARIA combobox). Without scripts it is a plain form. */
export function combobox(field) {
  const list = document.createElement("ul");
  Object.assign(list, { id: "hits", className: "hits", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  field.form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "hits", "aria-expanded": "false" })) {
    field.setAttribute(name, value);
  }
  let at = -1, hits = [], asked = 0, timer;

  function mark(index) {
    at = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) field.setAttribute("aria-activedescendant", `hit-${at}`);
    else field.removeAttribute("aria-activedescendant");
  }
  function show(found) {
    if (found.length && found.map((hit) => hit.url).join() === hits.map((hit) => hit.url).join()) return;
    hits = found;
    list.replaceChildren(...found.map((hit, i) => {
      const item = document.createElement("li");
      item.id = `hit-${i}`;
      item.setAttribute("role", "option");
      item.textContent = hit.name;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(hit.url); });
      return item;
    }));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
    if (found.length) say(found.map((hit) => hit.name).slice(0, 3).join(", "));
  }
  async function ask() {
    const mine = ++asked;
    const text = field.value.trim();
    if (text.length < 2) return show([]);
    const answer = await fetch(`${field.dataset.search}?q=${encodeURIComponent(text)}`);
    if (mine === asked && answer.ok) show((await answer.json()).hits);
  }
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  field.addEventListener("blur", () => show([]));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return show([]);
    if (!hits.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + step + hits.length + (at < 0 && step < 0 ? 1 : 0)) % hits.length);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(hits[at].url);
    }
  });
}
