const id = (node) => (node.members || !node.url ? null : decodeURIComponent(node.url.split("/").pop()));
const boxes = () => [...document.querySelectorAll("[data-pick-row]")];

/** Boxes in the table and the picture choose the same organisations; the buttons of the form act on them. Both may be replaced. */
export function selection(scene) {
  let quiet = false;

  function count() {
    const form = document.getElementById("selection");
    if (!form) return;
    const chosen = boxes().filter((box) => box.checked).length + form.querySelector("[data-more]").children.length;
    form.toggleAttribute("data-none", !chosen);
    form.querySelector("[data-count]").textContent = chosen ? scene.fill(scene.words.chosen, { count: chosen }) : "";
  }
  scene.root.addEventListener("chosen", ({ detail }) => {
    const more = document.querySelector("#selection [data-more]");
    if (quiet || !more) return;
    const ids = new Set(detail.map(id).filter(Boolean));
    boxes().forEach((box) => { box.checked = ids.delete(box.value); });
    more.replaceChildren(...[...ids].map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "only", value })));
    count();
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-pick-row]")) return;
    const more = document.querySelector("#selection [data-more]");
    const wanted = new Set([...boxes().filter((box) => box.checked), ...more.children].map((field) => field.value));
    quiet = true;
    if (scene.network) scene.choose(scene.picture.nodes.filter((node) => wanted.has(id(node))).map((node) => node.id));
    quiet = false;
    count();
  });
  count();
}
