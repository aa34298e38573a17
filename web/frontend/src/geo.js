/** Shapes on the screen: projection, outlines, SVG elements. */

const SVG = "http://www.w3.org/2000/svg";
export const WIDTH = 1000, MARGIN = 20;

export const least = (values) => values.reduce((a, b) => Math.min(a, b));
export const most = (values) => values.reduce((a, b) => Math.max(a, b));

export const rings = ({ type, coordinates }) => (type === "MultiPolygon" ? coordinates.flat() : coordinates);

/** An equirectangular projection of [lon, lat] points (Poland is small enough for that), as wide as the map; and its height. */
export function projection(points) {
  const x = points.map((p) => p[0]), y = points.map((p) => p[1]);
  const [west, east, south, north] = [least(x), most(x), least(y), most(y)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeeze);
  const at = ([lon, lat]) => [MARGIN + (lon - west) * squeeze * scale, MARGIN + (north - lat) * scale];
  const back = ([left, top]) => [west + (left - MARGIN) / (squeeze * scale), north - (top - MARGIN) / scale];
  return { at, back, height: Math.ceil((north - south) * scale + 2 * MARGIN) };
}

export const path = (ring, at) => `M${ring.map((p) => at(p).map((v) => v.toFixed(1)).join(" ")).join("L")}Z`;

export const outline = (geometry, at) => rings(geometry).map((ring) => path(ring, at)).join("");

export function make(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

export function titled(text) {
  const title = make("title", {});
  title.textContent = text;
  return title;
}
