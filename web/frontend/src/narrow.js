const MANY = 10;
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l");

/** A field above a long list of boxes that keeps only those with the typed letters. */
export function narrow(fieldset) {
  const labels = [...fieldset.querySelectorAll("label")];
  if (labels.length <= MANY) return;
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = fieldset.dataset.narrow;
  field.setAttribute("aria-label", fieldset.dataset.narrow);
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    for (const label of labels) {
      label.hidden = Boolean(wanted) && !plain(label.textContent).includes(wanted) && !label.firstElementChild.checked;
    }
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  fieldset.insertBefore(field, labels[0]);
}
