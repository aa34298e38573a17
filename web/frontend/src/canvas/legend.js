const buttons = () => [...document.querySelectorAll("[data-sector-toggle], [data-tie-toggle]")];
const named = ({ dataset }) => dataset.tieToggle ?? dataset.sectorToggle;
const same = (one, other) => one.size === other.size && [...one].every((name) => other.has(name));

/** Entries of the legend switch sectors and kinds of ties off and on, in each picture of the page: what one takes back or begins anew is a step of the others too. */
export function legend(scenes) {
  for (const button of buttons()) {
    button.addEventListener("click", () => {
      const name = named(button), off = button.getAttribute("aria-pressed") === "true";
      const scene = scenes.find((one) => one.network);
      scene?.step(() => { scene.off = new Set(off ? [...scene.off, name] : [...scene.off].filter((other) => other !== name)); });
    });
  }
  for (const scene of scenes) {
    scene.root.addEventListener("changed", () => {
      for (const button of buttons()) button.setAttribute("aria-pressed", String(!scene.off.has(named(button))));
      for (const other of scenes.filter((one) => !same(one.off, scene.off))) {
        if (other.network) other.step(() => { other.off = scene.off; });
        else other.off = scene.off;
      }
    });
  }
}
