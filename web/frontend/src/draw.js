import { feature } from "topojson-client";
import { WIDTH, make, outline, path, projection, rings } from "./geo.js";
import { say } from "./live.js";

const STEP = 10, LEAP = 50, NEAR = 14;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const round = (value) => Math.round(value * 1e6) / 1e6;
const shapes = {};

/** The TopoJSON of an address, fetched once. */
const topology = (url) => (shapes[url] ??= fetch(url).then((answer) => answer.json()));

/** Polygons of rings of corners [lon, lat], none of them repeated, from lines of “lat lon” or from GeoJSON. */
function parts(text) {
  if (!text.trim().startsWith("{")) {
    const lines = text.split("\n").map((line) => (line.match(/-?\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(",", "."))));
    const ring = lines.filter((pair) => pair.length === 2).map(([lat, lon]) => [lon, lat]);
    return ring.length ? [[ring]] : [];
  }
  try {
    const found = JSON.parse(text);
    const geometries = found.features?.map((feature) => feature.geometry) ?? [found.geometry ?? found];
    const polygons = geometries.flatMap(({ type, coordinates }) => (type === "MultiPolygon" ? coordinates : [coordinates]));
    return polygons.map((polygon) => polygon.map((ring) => ring.slice(0, -1).map(([lon, lat]) => [lon, lat])));
  } catch {
    return []; // the server says what is wrong with it
  }
}

/** One ring as lines of “lat lon”; several can only be told apart in GeoJSON. */
function written(area) {
  const [ring, ...others] = area.flat();
  if (others.length) return JSON.stringify({ type: "MultiPolygon", coordinates: area.map((polygon) => polygon.map((one) => [...one, one[0]])) });
  return (ring ?? []).map(([lon, lat]) => `${lat} ${lon}`).join("\n");
}

/** What is drawn behind: the gmina and all of its powiat, or all powiats until a gmina is chosen. */
async function background(url, code) {
  const topo = await topology(url);
  const gmina = /^\d{6}$/.test(code);
  const all = feature(topo, topo.objects[gmina ? "gminas" : "powiats"]).features;
  return { all, frame: gmina ? all.filter((shape) => shape.id === code) : all, code };
}

/** A map under a field of coordinates: corners set by pointer or by arrow keys and Enter; the field always says the same. */
export function drawing(box) {
  const field = document.getElementById(box.dataset.draw);
  const place = field.form?.elements[box.dataset.place];
  const svg = box.querySelector("svg"), words = box.dataset;
  let area = parts(field.value), view, cross = [WIDTH / 2, 200], dragged = null;
  const points = () => area.flat(2);

  function keep() {
    field.value = written(area);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }
  const geo = (spot) => view.back(spot).map(round);
  const tell = (text) => say(text.replace("{count}", points().length).replace("{at}", geo(cross).reverse().join(" ")));
  function add(spot) {
    if (!area.length) area.push([[]]);
    area.at(-1).at(-1).push(geo(spot));
    keep();
    tell(words.added);
  }
  function drop() {
    const polygon = area.at(-1), ring = polygon?.at(-1);
    ring?.pop();
    if (!ring?.length) polygon?.pop();
    if (!polygon?.length) area.pop();
    keep();
    tell(words.removed);
  }
  function show() {
    const { at } = view;
    const [x, y] = cross;
    svg.replaceChildren(
      ...view.all.map((shape) => make("path", { d: outline(shape.geometry, at), class: shape.id === view.code ? "gmina" : "around" })),
      make("path", { d: points().length ? area.flat().map((ring) => path(ring, at)).join("") : "M0 0", class: "area" }),
      ...points().map((point, i) => make("circle", { cx: at(point)[0], cy: at(point)[1], r: 7, class: "corner", "data-corner": i })),
      make("path", { d: `M${x - 14} ${y}H${x + 14}M${x} ${y - 14}V${y + 14}`, class: "cross" }),
    );
  }
  async function frame() {
    const found = await background(words.shapes, place?.value ?? "");
    const ground = found.frame.flatMap((shape) => rings(shape.geometry).flat());
    view = { ...found, ...projection(ground.length ? ground : points()) };
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${view.height}`);
    cross = [WIDTH / 2, view.height / 2];
    show();
  }
  function spot(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [x, y];
  }
  const closest = ([x, y]) => points().find((point) => Math.hypot(view.at(point)[0] - x, view.at(point)[1] - y) < NEAR);

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    cross = spot(event);
    dragged = closest(cross);
    svg.setPointerCapture(event.pointerId);
    if (!dragged) add(cross);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    cross = spot(event);
    dragged.splice(0, 2, ...geo(cross));
    keep();
  });
  svg.addEventListener("pointerup", () => { dragged = null; });
  svg.addEventListener("keydown", (event) => {
    const move = KEYS[event.key];
    if (move) {
      const step = event.shiftKey ? LEAP : STEP;
      cross = cross.map((value, axis) => Math.min(Math.max(value + move[axis] * step, 0), axis ? view.height : WIDTH));
      show();
      tell(words.at);
    } else if (event.key === "Enter" || event.key === " ") add(cross);
    else if (event.key === "Backspace" || event.key === "Delete") drop();
    else return;
    event.preventDefault();
  });
  field.addEventListener("change", () => { area = parts(field.value); show(); });
  place?.parentElement.addEventListener("change", () => setTimeout(frame));
  box.querySelector("[data-draw-drop]")?.addEventListener("click", drop);
  box.querySelector("[data-draw-clear]")?.addEventListener("click", () => { area = []; keep(); tell(words.removed); });
  box.hidden = false;
  frame();
}

/** An area that is only shown. */
async function shown(svg) {
  const area = JSON.parse(svg.dataset.area);
  const { all, frame, code } = await background(svg.dataset.shapes, svg.dataset.place);
  const ground = [...frame.flatMap((shape) => rings(shape.geometry).flat()), ...rings(area).flat()];
  const { at, height } = projection(ground);
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  svg.replaceChildren(
    ...all.map((shape) => make("path", { d: outline(shape.geometry, at), class: shape.id === code ? "gmina" : "around" })),
    make("path", { d: outline(area, at), class: "area" }),
  );
}

document.querySelectorAll("[data-draw]").forEach(drawing);
document.querySelectorAll("[data-area]").forEach(shown);
