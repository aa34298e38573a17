import { say } from "./live.js";

const PAUSE = 120;

/** A field that links to a record: hits below it, the chosen one's key in the hidden field beside it. */
export function pick(field) {
  const key = field.nextElementSibling;
  const list = document.createElement("ul");
  Object.assign(list, { id: `${field.id}-hits`, className: "hits", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? field.name);
  field.parentElement.append(list);
  const set = (name, value) => field.setAttribute(name, value);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", list.id);
  set("aria-expanded", "false");
  let at = -1, hits = [], asked = 0, timer;

  function mark(index) {
    at = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) set("aria-activedescendant", list.children[at].id);
    else field.removeAttribute("aria-activedescendant");
  }
  function choose(hit) {
    field.value = hit.name;
    key.value = hit.key;
    show([]);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function show(found) {
    if (found.length && found.map((hit) => hit.key).join() === hits.map((hit) => hit.key).join()) return;
    hits = found;
    list.replaceChildren(...found.map((hit, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.textContent = hit.hint ? `${hit.name} (${hit.hint})` : hit.name;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(hit); });
      return item;
    }));
    list.hidden = !found.length;
    set("aria-expanded", String(found.length > 0));
    mark(-1);
    if (found.length) say(found.map((hit) => hit.name).slice(0, 3).join(", "));
  }
  async function ask() {
    const mine = ++asked;
    if (field.value.trim().length < 2) return show([]);
    const answer = await fetch(`${field.dataset.pick}?q=${encodeURIComponent(field.value.trim())}`);
    if (mine === asked && answer.ok) show((await answer.json()).hits);
  }
  field.addEventListener("input", () => { key.value = ""; clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  field.addEventListener("blur", () => show([]));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return show([]);
    if (!hits.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + step + hits.length + (at < 0 && step < 0 ? 1 : 0)) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(hits[Math.max(at, 0)]);
    }
  });
}
