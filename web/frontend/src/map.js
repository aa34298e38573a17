import { feature } from "topojson-client";

const SVG = "http://www.w3.org/2000/svg";
const OBJECTS = { gmina: "gminas", powiat: "powiats", voivodeship: "voivodeships" };
const WIDTH = 1000, MARGIN = 20;

/** An equirectangular projection (Poland is small enough for that) as wide as the map, and the height it then has. */
function projection(shapes) {
  const points = shapes.flatMap((shape) => rings(shape.geometry).flat());
  const x = points.map((p) => p[0]), y = points.map((p) => p[1]);
  const [west, east, south, north] = [least(x), most(x), least(y), most(y)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeeze);
  const at = ([lon, lat]) => [MARGIN + (lon - west) * squeeze * scale, MARGIN + (north - lat) * scale];
  return { at, height: Math.ceil((north - south) * scale + 2 * MARGIN) };
}

const least = (values) => values.reduce((a, b) => Math.min(a, b));
const most = (values) => values.reduce((a, b) => Math.max(a, b));

const rings = ({ type, coordinates }) => (type === "MultiPolygon" ? coordinates.flat() : coordinates);

const outline = (shape, at) => rings(shape.geometry)
  .map((ring) => `M${ring.map((p) => at(p).map((v) => v.toFixed(1)).join(" ")).join("L")}Z`).join("");

const make = (name, attributes, ...children) => {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
};

function titled(text) {
  const title = make("title", {});
  title.textContent = text;
  return title;
}

async function draw(map) {
  const answers = await Promise.all([fetch(map.dataset.map), fetch(map.dataset.shapes)]);
  const [{ level, areas, ties }, topology] = await Promise.all(answers.map((answer) => answer.json()));
  const known = new Map(areas.map((area) => [area.code, area]));
  const shapes = feature(topology, topology.objects[OBJECTS[level]]).features.filter((shape) => known.has(shape.id));
  const { at, height } = projection(shapes);
  map.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  map.replaceChildren(...shapes.map((shape) => {
    const { title, step, url } = known.get(shape.id);
    const path = make("path", { d: outline(shape, at), class: `step${step}` }, titled(title));
    return step ? make("a", { href: url, "aria-label": title }, path) : path;
  }));
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
