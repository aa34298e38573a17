/** What the box in the table has as its value: an organisation's id, or the node's own of a group. */
const key = (node) => (node.members ? String(node.id) : node.url && decodeURIComponent(node.url.split("/").pop()));
const boxes = () => [...document.querySelectorAll("[data-pick-row]")];
const bar = () => document.getElementById("selection");

/**
 * Boxes in the table and the picture choose the same organisations or groups; the buttons of the bar act on them, and
 * rows say what is hidden or pinned. Table and bar may be replaced.
 */
export function selection(scene) {
  let quiet = false, last = null;

  function count() {
    if (!bar()) return;
    const inside = bar().contains(document.activeElement);
    const chosen = boxes().filter((box) => box.checked).length + bar().querySelector("[data-more]").children.length;
    bar().toggleAttribute("data-none", !chosen);
    bar().querySelector("[data-count]").textContent = chosen ? scene.fill(scene.words.chosen, { count: chosen }) : "";
    if (inside && !bar().getClientRects().length) (boxes().find((box) => box === last) ?? scene.stage).focus({ preventScroll: true });
  }
  /** Ticks the rows of these nodes; what the form sends of those on other pages of the table is kept beside. */
  function tick(nodes) {
    if (!bar()) return;
    const known = bar().matches("form") ? nodes.filter((node) => !node.members) : nodes;
    const keys = new Set(known.map(key).filter(Boolean));
    boxes().forEach((box) => { box.checked = keys.delete(box.value); });
    bar().querySelector("[data-more]").replaceChildren(
      ...[...keys].map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "only", value })));
    count();
  }
  function mark() {
    if (!scene.network || !bar()?.querySelector("[data-do]")) return;
    const { words, pinned } = scene, hidden = new Set(scene.hidden());
    const nodes = new Map(scene.picture.nodes.map((node) => [key(node), node.id]));
    for (const box of boxes()) {
      const id = nodes.get(box.value), cell = box.closest("tr").querySelector("th");
      const text = id === undefined ? words.notdrawn : pinned.has(id) ? words.ispinned : hidden.has(id) ? words.ishidden : "";
      cell.querySelector(".tag")?.remove();
      if (text) cell.append(" ", Object.assign(document.createElement("span"), { className: "tag", textContent: text }));
    }
  }
  /** The picture chooses what is ticked. */
  function follow() {
    const wanted = new Set([...boxes().filter((box) => box.checked), ...bar().querySelector("[data-more]").children].map((field) => field.value));
    quiet = true;
    if (scene.network) scene.choose(scene.picture.nodes.filter((node) => wanted.has(key(node))).map((node) => node.id));
    quiet = false;
    count();
  }
  scene.root.addEventListener("chosen", ({ detail }) => { if (!quiet) tick(detail); });
  scene.root.addEventListener("beside", () => {
    if (scene.network) tick(scene.chosen.map((id) => scene.byId.get(id)));
    mark();
  });
  scene.root.addEventListener("drawn", mark);
  // Back leaves boxes ticked, and one may tick some before there is a picture
  scene.root.addEventListener("drawn", () => { if (boxes().some((box) => box.checked)) follow(); }, { once: true });
  scene.root.addEventListener("changed", mark);
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-pick-row]")) return;
    last = target;
    follow();
  });
  count();
}
