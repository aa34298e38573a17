import { feature } from "topojson-client";
import { WIDTH, make, outline, path, projection, rings } from "./geo.js";
import { say } from "./live.js";

const STEP = 10, LEAP = 50, NEAR = 14;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const round = (value) => Math.round(value * 1e6) / 1e6;
const shapes = {};

/** The TopoJSON of an address, fetched once. */
const topology = (url) => (shapes[url] ??= fetch(url).then((answer) => answer.json()));

/** Corners as [lon, lat] from lines of “lat lon” or the first ring of a GeoJSON polygon. */
function corners(text) {
  if (!text.trim().startsWith("{")) {
    const lines = text.split("\n").map((line) => (line.match(/-?\d+(?:[.,]\d+)?/g) ?? []).map((n) => Number(n.replace(",", "."))));
    return lines.filter((pair) => pair.length === 2).map(([lat, lon]) => [lon, lat]);
  }
  try {
    const found = JSON.parse(text);
    const ring = rings(found.geometry ?? found.features?.[0].geometry ?? found)[0];
    return ring.slice(0, -1).map(([lon, lat]) => [lon, lat]);
  } catch {
    return []; // the server says what is wrong with it
  }
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
  let points = corners(field.value), view, cross = [WIDTH / 2, 200], dragged = -1;

  function keep() {
    field.value = points.map(([lon, lat]) => `${lat} ${lon}`).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }
  const geo = (spot) => view.back(spot).map(round);
  const tell = (text) => say(text.replace("{count}", points.length).replace("{at}", geo(cross).reverse().join(" ")));
  function add(spot) {
    points.push(geo(spot));
    keep();
    tell(words.added);
  }
  function drop() {
    points.pop();
    keep();
    tell(words.removed);
  }
  function show() {
    const { at } = view;
    const [x, y] = cross;
    svg.replaceChildren(
      ...view.all.map((shape) => make("path", { d: outline(shape.geometry, at), class: shape.id === view.code ? "gmina" : "around" })),
      make("path", { d: points.length ? path(points, at) : "M0 0", class: "area" }),
      ...points.map((point, i) => make("circle", { cx: at(point)[0], cy: at(point)[1], r: 7, class: "corner", "data-corner": i })),
      make("path", { d: `M${x - 14} ${y}H${x + 14}M${x} ${y - 14}V${y + 14}`, class: "cross" }),
    );
  }
  async function frame() {
    const found = await background(words.shapes, place?.value ?? "");
    const ground = found.frame.flatMap((shape) => rings(shape.geometry).flat());
    view = { ...found, ...projection(ground.length ? ground : points) };
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${view.height}`);
    cross = [WIDTH / 2, view.height / 2];
    show();
  }
  function spot(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [x, y];
  }
  const closest = ([x, y]) => points.findIndex((point) => Math.hypot(view.at(point)[0] - x, view.at(point)[1] - y) < NEAR);

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    cross = spot(event);
    dragged = closest(cross);
    svg.setPointerCapture(event.pointerId);
    if (dragged < 0) add(cross);
  });
  svg.addEventListener("pointermove", (event) => {
    if (dragged < 0) return;
    cross = spot(event);
    points[dragged] = geo(cross);
    keep();
  });
  svg.addEventListener("pointerup", () => { dragged = -1; });
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
  field.addEventListener("change", () => { points = corners(field.value); show(); });
  place?.parentElement.addEventListener("change", () => setTimeout(frame));
  box.querySelector("[data-draw-drop]")?.addEventListener("click", drop);
  box.querySelector("[data-draw-clear]")?.addEventListener("click", () => { points = []; keep(); tell(words.removed); });
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
