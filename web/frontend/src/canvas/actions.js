import { keysAct, showKeys } from "../keys.js";
import { lasso } from "./lasso.js";
import { way } from "./path.js";
import { printPicture, saveAsPdf, saveAsPicture, saveAsSvg } from "./save.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 1.4;

const DO = {
  in: (scene) => zoom(scene, STEP),
  out: (scene) => zoom(scene, 1 / STEP),
  fit: (scene) => scene.move("fit"),
  reset: (scene) => { scene.again(); DO.fit(scene); },
  expand,
  hide: (scene) => scene.hide(scene.chosen),
  pin: (scene) => scene.pin(scene.chosen),
  undo: (scene) => scene.undo(),
  open: (scene) => scene.chosen.length && scene.open(scene.chosen[0]),
  all: (scene) => scene.choose(scene.shown().map((node) => node.id)),
  lasso,
  path,
  grow: (scene) => neighbourhood(scene, 1),
  shrink: (scene) => neighbourhood(scene, -1),
  leave: (scene) => { scene.stopLasso?.(); scene.choose([]); },
  png: saveAsPicture,
  svg: saveAsSvg,
  pdf: saveAsPdf,
  print: printPicture,
  full: (scene) => (document.fullscreenElement ? document.exitFullscreen() : scene.root.requestFullscreen()),
  keys: showKeys,
};
const KEYS = {
  "]": "in", "[": "out", f: "fit", z: "reset", e: "expand", h: "hide", k: "pin", u: "undo", i: "open", a: "all", l: "lasso",
  p: "path", "+": "grow", "=": "grow", "-": "shrink", x: "png", Escape: "leave",
};

/** Buttons, keys and the legend of one scene; with ``table`` also the buttons and keys of the table beside it. */
export function actions(scene, table) {
  const press = (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name && scene.network) DO[name](scene);
  };
  scene.root.querySelector(".toolbar").addEventListener("click", press);
  scene.root.querySelector("[data-do=full]").hidden = !document.fullscreenEnabled; // on an iPhone, or in a frame
  if (table) document.addEventListener("click", (event) => { if (event.target.closest("#selection")) press(event); });
  document.addEventListener("keydown", (event) => {
    if (!scene.network || !keysAct(event)) return;
    const here = scene.root.contains(event.target) || (table && event.target.closest("#table"))
      || (event.target === document.body && scene.root === document.querySelector(".canvas"));
    if (event.target === scene.stage && ARROWS[event.key]) return act(event, () => walk(scene, ARROWS[event.key], event.shiftKey));
    if (event.target === scene.stage && event.key === "Enter") return act(event, () => DO.open(scene));
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (here && name) act(event, () => DO[name](scene));
  });
}

function act(event, what) {
  event.preventDefault();
  what();
}

function zoom(scene, by) {
  scene.move("moveTo", { scale: scene.network.getScale() * by });
}

/** Chooses the neighbours that are in sight too. */
function expand(scene) {
  if (!scene.chosen.length) return scene.status(scene.words.choosefirst);
  const near = scene.around(scene.chosen, 1), more = scene.shown().map((node) => node.id).filter((id) => near.has(id));
  scene.step(() => scene.choose([...new Set([...scene.chosen, ...more])]));
}

/** Shows only what is chosen and its neighbourhood, one step wider or narrower. */
function neighbourhood(scene, by) {
  const from = scene.focus?.from ?? scene.chosen, steps = (scene.focus?.steps ?? 0) + by;
  if (!from.length) return scene.status(scene.words.choosefirst);
  if (steps < 0) return;
  scene.step(() => { scene.focus = steps ? { from, steps } : null; });
  scene.move("fit", { nodes: scene.shown().map((node) => node.id) });
}

/** To the nearest node in a direction; to the largest one at first. ``more``: what was chosen stays so. */
function walk(scene, [dx, dy], more) {
  const { chosen } = scene, last = chosen.at(-1);
  const from = last !== undefined && scene.network.getPosition(last);
  const shown = scene.shown();
  if (!shown.length) return;
  if (!from) return scene.choose([shown.reduce((a, b) => (b.size > a.size ? b : a)).id], { look: true });
  let best = null, least = Infinity;
  for (const node of shown) {
    const x = node.x - from.x, y = node.y - from.y;
    const along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
    if (along > 1 && along + 2 * aside < least && node.id !== last) [best, least] = [node, along + 2 * aside];
  }
  if (best) scene.choose([...(more ? chosen.filter((id) => id !== best.id) : []), best.id], { look: true });
}

function path(scene) {
  const [from, to] = scene.chosen;
  if (to === undefined) return scene.status(scene.words.choose);
  const ids = way(scene.neighbours, from, to, new Set(scene.hidden()));
  if (!ids) return scene.status(scene.words.nopath);
  const edges = ids.slice(1).flatMap((id, i) => scene.network.getConnectedEdges(id).filter((e) => scene.network.getConnectedNodes(e).includes(ids[i])));
  scene.choose(ids, { edges });
  const names = ids.map((id) => scene.byId.get(id).title.split("\n")[0]).join(" → ");
  scene.status(scene.fill(scene.words.path, { steps: ids.length - 1, names }));
}
