import { say } from "./live.js";

const PAUSE = 120;

/**
 * A field with a list of hits in `into` (ARIA combobox), asked from `address`. `keyOf` tells one hit from another,
 * `choose` takes one; `first`: Enter takes the first where none is marked.
 */
export function combobox(field, { into, address, keyOf, choose, first = false }) {
  const list = document.createElement("ul");
  Object.assign(list, { id: `${field.id}-hits`, className: "hits", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? field.name);
  into.append(list);
  const set = (name, value) => field.setAttribute(name, value);
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", list.id);
  set("aria-expanded", "false");
  const words = () => field.value.trim();
  let at = -1, hits = [], asked = 0, timer;

  function mark(index) {
    at = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) set("aria-activedescendant", list.children[at].id);
    else field.removeAttribute("aria-activedescendant");
  }
  /** Nor does an answer that is still on its way open the list again. */
  function close() {
    asked += 1;
    clearTimeout(timer);
    show([]);
  }
  function take(hit) {
    close();
    choose(hit);
  }
  function show(found) {
    if (found.length && found.map(keyOf).join() === hits.map(keyOf).join()) return;
    const marked = hits[at] && keyOf(hits[at]);
    hits = found;
    list.replaceChildren(...found.map((hit, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.textContent = hit.hint ? `${hit.name} (${hit.hint})` : hit.name;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(hit); });
      return item;
    }));
    list.hidden = !found.length;
    set("aria-expanded", String(found.length > 0));
    mark(found.findIndex((hit) => keyOf(hit) === marked));
    if (found.length) say(found.map((hit) => hit.name).slice(0, 3).join(", "));
  }
  async function ask() {
    clearTimeout(timer);
    const mine = ++asked;
    const text = words();
    if (text.length < 2) return show([]);
    const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`);
    const { hits: found } = answer.ok ? await answer.json() : { hits: [] };
    if (mine !== asked) return;
    show(found);
    list.dataset.of = text;
  }
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (!hits.length) {
      if (event.key === "ArrowDown") ask();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + step + hits.length + (at < 0 && step < 0 ? 1 : 0)) % hits.length);
    } else if (event.key === "Enter" && (first || at >= 0)) {
      event.preventDefault();
      if (list.dataset.of === words()) take(hits[Math.max(at, 0)]);
      else ask(); // these are the hits of what was written before
    }
  });
}
