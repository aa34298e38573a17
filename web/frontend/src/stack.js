const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
const NARROW = 2;
/** Rows of a long table that a narrow screen shows before it is asked for the rest. */
const FIRST = 8, LONG = 12;
const SENT = "input:is(:checked, :not([type=checkbox], [type=hidden])), select, textarea";

/** Makes a table ready for narrow screens, where each row is a paragraph: a cell says which column it is of. */
export function stack(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.replace(/[↕↑↓]/g, "").trim());
  if (heads.length <= NARROW) return;
  table.classList.add("stacks");
  shorten(table);
  // Cells that are drawn otherwise than as cells lose their roles unless they say them.
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td")]) part.setAttribute("role", ROLES[part.tagName]);
  table.querySelectorAll("th").forEach((cell) => cell.setAttribute("role", cell.scope === "row" ? "rowheader" : "columnheader"));
  table.querySelectorAll("tbody tr").forEach((row) => {
    const name = [...row.cells].findIndex((cell) => cell.tagName === "TH");
    [...row.cells].forEach((cell, i) => {
      const said = cell.textContent.trim() || cell.querySelector("input, select");
      if (i > name && heads[i] && said) cell.dataset.column = heads[i];
    });
  });
}

/** On narrow screens only the first rows are shown, with a button for the others, but all where a form would send more than is seen. */
function shorten(table) {
  const rows = table.tBodies[0]?.rows ?? [];
  if (rows.length < LONG || (table.closest("form") && [...rows].slice(FIRST).some((row) => row.querySelector(SENT)))) return;
  const text = document.getElementById("main").dataset.rows.replace("{count}", rows.length);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button small quiet rest", textContent: text });
  table.classList.add("shortened");
  for (const row of [...rows].slice(FIRST)) row.classList.add("beyond");
  button.addEventListener("click", () => {
    table.classList.remove("shortened");
    button.remove();
    rows[FIRST].querySelector("a, input")?.focus();
  });
  table.after(button);
}
