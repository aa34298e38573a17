const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
const NARROW = 2;

/** Makes a table ready for narrow screens, where each row is a paragraph: a cell says which column it is of. */
export function stack(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.replace(/[↕↑↓]/g, "").trim());
  if (heads.length <= NARROW) return;
  table.classList.add("stacks");
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
