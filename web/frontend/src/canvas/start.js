import { actions } from "./actions.js";
import { Scene } from "./scene.js";

/** Loads a picture and draws it in its place; says so when that fails. */
export function start(root) {
  const scene = new Scene(root);
  actions(scene);
  root.addEventListener("redraw", (event) => scene.load(event.detail));
  scene.load(root.dataset.picture);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => scene.recolour());
}
