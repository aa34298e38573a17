const buttons = () => [...document.querySelectorAll("[data-sector-toggle], [data-tie-toggle]")];
const named = ({ dataset }) => dataset.tieToggle ?? dataset.sectorToggle;

/** Entries of the legend switch sectors and kinds of ties off and on, in each picture of the page. */
export function legend(scenes) {
  for (const button of buttons()) {
    button.addEventListener("click", () => {
      const name = named(button), off = button.getAttribute("aria-pressed") === "true";
      for (const scene of scenes.filter((one) => one.network)) {
        scene.step(() => { scene.off = new Set(off ? [...scene.off, name] : [...scene.off].filter((other) => other !== name)); });
      }
    });
  }
  for (const scene of scenes) {
    scene.root.addEventListener("changed", () => {
      for (const button of buttons()) button.setAttribute("aria-pressed", String(!scene.off.has(named(button))));
    });
  }
}
