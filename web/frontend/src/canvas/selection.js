const id = (node) => (node.members || !node.url ? null : decodeURIComponent(node.url.split("/").pop()));

/** Boxes in the table and the picture choose the same organisations; the buttons below act on them. */
export function selection(scene) {
  const form = document.getElementById("selection");
  if (!form) return;
  const boxes = [...document.querySelectorAll("[data-pick-row]")];
  const more = form.querySelector("[data-more]");
  let quiet = false;

  function count() {
    const chosen = boxes.filter((box) => box.checked).length + more.children.length;
    form.toggleAttribute("data-none", !chosen);
    form.querySelector("[data-count]").textContent = chosen ? scene.fill(scene.words.chosen, { count: chosen }) : "";
  }
  scene.root.addEventListener("chosen", ({ detail }) => {
    if (quiet) return;
    const ids = new Set(detail.map(id).filter(Boolean));
    boxes.forEach((box) => { box.checked = ids.delete(box.value); });
    more.replaceChildren(...[...ids].map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "only", value })));
    count();
  });
  boxes.forEach((box) => box.addEventListener("change", () => {
    const wanted = new Set([...boxes.filter((b) => b.checked), ...more.children].map((field) => field.value));
    quiet = true;
    if (scene.network) scene.choose(scene.picture.nodes.filter((node) => wanted.has(id(node))).map((node) => node.id));
    quiet = false;
    count();
  }));
  count();
}
