import { actions } from "./actions.js";
import { legend } from "./legend.js";
import { pair } from "./pair.js";
import { Scene } from "./scene.js";
import { selection } from "./selection.js";

/** Loads the pictures and draws them in their places; says so when that fails. */
export function start(roots) {
  const scenes = roots.map((root) => new Scene(root));
  scenes.forEach((scene) => {
    actions(scene, scenes.length === 1);
    scene.root.addEventListener("redraw", (event) => scene.load(event.detail));
  });
  legend(scenes);
  const paired = scenes.filter((scene) => scene.root.dataset.pair);
  if (paired.length > 1) pair(paired);
  if (scenes.length === 1) selection(scenes[0]);
  scenes.forEach((scene) => scene.load(scene.root.dataset.picture));
  for (const event of ["beforeprint", "afterprint"]) addEventListener(event, () => {
    document.documentElement.classList.toggle("bright", event === "beforeprint"); // paper is light
    scenes.forEach((scene) => scene.recolour());
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => scenes.forEach((scene) => scene.recolour()));
}
