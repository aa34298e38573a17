import { feature } from "topojson-client";
import { WIDTH, make, most, outline, projection, rings, titled } from "./geo.js";

const OBJECTS = { gmina: "gminas", powiat: "powiats", voivodeship: "voivodeships" };

async function draw(map) {
  const answers = await Promise.all([map.dataset.map, map.dataset.shapes, map.dataset.drawn].map((url) => fetch(url)));
  const [{ level, areas, ties }, topology, { drawn }] = await Promise.all(answers.map((answer) => answer.json()));
  const known = new Map(areas.map((area) => [area.code, area]));
  const shapes = feature(topology, topology.objects[OBJECTS[level]]).features.filter((shape) => known.has(shape.id));
  const { at, height } = projection(shapes.flatMap((shape) => rings(shape.geometry).flat()));
  map.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  map.replaceChildren(...shapes.map((shape) => {
    const { title, step, url } = known.get(shape.id);
    const path = make("path", { d: outline(shape.geometry, at), class: `step${step}` }, titled(title));
    return step ? make("a", { href: url, "aria-label": title }, path) : path;
  }));
  const own = drawn.map(({ title, url, shape }) =>
    make("a", { href: url, class: "drawn", "aria-label": title }, make("path", { d: outline(shape, at) }, titled(title))));
  map.append(...own);
  const strongest = most([1, ...ties.map((tie) => tie.count)]);
  const lines = make("g", { class: "ties" }, ...ties.map((tie) => {
    const [[x1, y1], [x2, y2]] = [at(tie.from), at(tie.to)];
    return make("line", { x1, y1, x2, y2, "stroke-width": (1 + (5 * tie.count) / strongest).toFixed(1) });
  }));
  map.append(lines);
  const box = document.querySelector("[data-map-ties]");
  box.addEventListener("change", () => lines.toggleAttribute("hidden", !box.checked));
}

document.querySelectorAll("[data-map]").forEach(draw);
