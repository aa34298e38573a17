import { combobox } from "./combobox.js";

/** Search field whose hits lead to their pages. Without scripts it is a plain form. */
export function search(field) {
  combobox(field, {
    into: field.form,
    address: field.dataset.search,
    keyOf: (hit) => hit.url,
    choose: (hit) => location.assign(hit.url),
  });
}
