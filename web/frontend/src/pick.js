import { combobox } from "./combobox.js";

/** A field that links to a record: the chosen hit's key goes in the hidden field beside it. */
export function pick(field) {
  const key = field.nextElementSibling;
  field.addEventListener("input", () => { key.value = ""; });
  combobox(field, {
    into: field.parentElement,
    address: field.dataset.pick,
    keyOf: (hit) => hit.key,
    first: true,
    choose(hit) {
      field.value = hit.name;
      key.value = hit.key;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
}
