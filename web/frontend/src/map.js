import { feature } from "topojson-client";
import { around } from "./canvas/places.js";
import { Room } from "./canvas/room.js";
import { WIDTH, least, make, most, outline, projection, rings, titled } from "./geo.js";

const OBJECTS = { gmina: "gminas", powiat: "powiats", voivodeship: "voivodeships" };

async function draw(map) {
  const answers = await Promise.all([map.dataset.map, map.dataset.shapes, map.dataset.drawn].map((url) => fetch(url)));
  const [{ level, areas, ties }, topology, { drawn }] = await Promise.all(answers.map((answer) => answer.json()));
  const known = new Map(areas.map((area) => [area.code, area]));
  const shapes = feature(topology, topology.objects[OBJECTS[level]]).features.filter((shape) => known.has(shape.id));
  const { at, height } = projection(shapes.flatMap((shape) => rings(shape.geometry).flat()));
  map.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  map.replaceChildren(...shapes.map((shape) => {
    const { title, step, url, blank } = known.get(shape.id);
    const path = make("path", { d: outline(shape.geometry, at), class: blank && !step ? "blank" : `step${step}` }, titled(title));
    return blank ? path : make("a", { href: url, "aria-label": title }, path);
  }));
  const own = drawn.map(({ title, url, shape }) =>
    make("a", { href: url, class: "drawn", "aria-label": title }, make("path", { d: outline(shape, at) }, titled(title))));
  map.append(...own);
  const strongest = most([1, ...ties.map((tie) => tie.count)]);
  const lines = make("g", { class: "ties" }, ...ties.map((tie) => {
    const [[x1, y1], [x2, y2]] = [at(tie.from), at(tie.to)];
    return make("line", { x1, y1, x2, y2, "stroke-width": (1 + (5 * tie.count) / strongest).toFixed(1) });
  }));
  map.append(lines, names(shapes, known, at, Math.max(WIDTH / map.clientWidth, height / map.clientHeight)));
  const box = document.querySelector("[data-map-ties]");
  const follow = () => lines.toggleAttribute("hidden", !box.checked);
  box.addEventListener("change", follow);
  follow(); // Back may find it as it was left
}

/** Names of the territories that have room for theirs; ``unit``: a pixel of the screen in those of the map. */
function names(shapes, known, at, unit) {
  const size = 11 * unit, room = new Room();
  const texts = shapes.flatMap((shape) => {
    const points = rings(shape.geometry).reduce((a, b) => (b.length > a.length ? b : a)).map(at);
    const [x, y] = [0, 1].map((axis) => points.map((point) => point[axis]));
    const { name } = known.get(shape.id), width = most(x) - least(x), long = name.length * size * 0.62;
    const middle = [(most(x) + least(x)) / 2, (most(y) + least(y)) / 2], box = around(...middle, long, size);
    if (long > width || size > (most(y) - least(y)) / 2 || !room.free(box)) return [];
    room.add(box);
    const text = make("text", { x: middle[0], y: middle[1], "font-size": size.toFixed(1), "stroke-width": (3 * unit).toFixed(1) });
    text.textContent = name;
    return [text];
  });
  return make("g", { class: "names", "aria-hidden": "true" }, ...texts);
}

document.querySelectorAll("[data-map]").forEach((map) => draw(map).catch((error) => {
  document.getElementById("map-failed").hidden = false;
  throw error;
}));
