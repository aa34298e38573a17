import { colours } from "./colours.js";
import { drawing } from "./drawing.js";

const SHAPES = {
  dot: (r) => `<circle r="${r}"/>`,
  square: (r) => `<path d="M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z"/>`,
  diamond: (r) => `<path d="M0 ${-r} ${r} 0 0 ${r} ${-r} 0z"/>`,
  triangle: (r) => polygon(3, r, -90),
  triangleDown: (r) => polygon(3, r, 90),
  hexagon: (r) => polygon(6, r, 0),
  star: (r) => polygon(10, r, -90, 0.5),
};

function polygon(count, r, turn, inner = 1) {
  const points = Array.from({ length: count }, (_, i) => {
    const angle = ((turn + (360 / count) * i) * Math.PI) / 180;
    const far = i % 2 ? r * inner : r;
    return `${(far * Math.cos(angle)).toFixed(1)} ${(far * Math.sin(angle)).toFixed(1)}`;
  });
  return `<path d="M${points.join("L")}z"/>`;
}

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const today = () => new Date().toISOString().slice(0, 10);
const dashed = (dashes) => (dashes.length ? ` stroke-dasharray="${dashes.join(" ")}"` : "");

function mark({ x, y, r, shape, colour, hollow, chosen, title = "" }, { paper, ink }) {
  const rim = chosen ? `stroke="${ink}" stroke-width="4"` : hollow ? `stroke="${colour}" stroke-width="2.5"` : `stroke="${paper}"`;
  const look = `fill="${hollow ? paper : colour}" ${rim}`;
  const named = title ? `<title>${escaped(title)}</title>` : "";
  return `<g transform="translate(${x} ${y})" ${look}>${named}${(SHAPES[shape] ?? SHAPES.dot)(r)}</g>`;
}

function download(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** What is seen, with legend, date and source, as SVG text. */
export function svgText(scene) {
  const d = drawing(scene), all = d.height + d.foot;
  const lines = d.ties.map((t) => `<path stroke="${t.colour}" stroke-width="${t.width}"${dashed(t.dashes)} d="M${t.x1} ${t.y1}L${t.x2} ${t.y2}"/>`);
  const names = d.texts.map((t) => `<text text-anchor="middle" x="${t.x}" y="${t.y}" fill="${t.colour}"${t.bold ? ' font-weight="bold"' : ""} stroke="${d.paper}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${escaped(t.text)}</text>`);
  const keys = d.legend.map((key, i) => {
    const y = d.height + d.line * (i + 0.9);
    const sign = key.shape ? mark({ x: 20, y, r: 6, ...key }, d) : `<path stroke="${key.colour}" stroke-width="2"${dashed(key.dashes)} d="M10 ${y}H32"/>`;
    return `${sign}<text x="40" y="${y + 5}">${escaped(key.text)}</text>`;
  });
  const source = d.said.map((words, i) => `<text x="14" y="${all - 12 - d.line * (d.said.length - 1 - i)}">${escaped(words)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${d.width}" height="${all}" viewBox="0 0 ${d.width} ${all}" font-family="sans-serif" font-size="13" fill="${d.ink}"><title>${escaped(d.title)}</title><rect width="100%" height="100%" fill="${d.paper}"/><svg width="${d.width}" height="${d.height}"><g opacity=".8">${lines.join("")}</g>${d.nodes.map((n) => mark(n, d)).join("")}${names.join("")}</svg>${keys.join("")}${source.join("")}</svg>`;
}

/** As on paper: in the light colours, whatever the page has. */
function bright(scene) {
  const { palette } = scene, { classList } = document.documentElement;
  classList.add("bright");
  scene.palette = colours(scene.root);
  const text = svgText(scene);
  classList.remove("bright");
  scene.palette = palette;
  return text;
}

/** What the files show, printed by itself on a page. */
export function printPicture(scene) {
  const sheet = document.adoptNode(new DOMParser().parseFromString(bright(scene), "image/svg+xml").documentElement);
  sheet.classList.add("printed");
  document.body.append(sheet);
  document.body.classList.add("printing");
  addEventListener("afterprint", () => {
    sheet.remove();
    document.body.classList.remove("printing");
  }, { once: true });
  print();
}

export function saveAsSvg(scene) {
  download(new Blob([svgText(scene)], { type: "image/svg+xml" }), `network-${today()}.svg`);
}

/** PNG, twice as fine as the screen, drawn from the same SVG. */
export const saveAsPicture = (scene) => saved(scene, async () => {
  const url = URL.createObjectURL(new Blob([svgText(scene)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const sheet = Object.assign(document.createElement("canvas"), { width: image.width * 2, height: image.height * 2 });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  URL.revokeObjectURL(url);
  download(await new Promise((done) => { sheet.toBlob(done); }), `network-${today()}.png`);
});

/** PDF with real lines and letters, made by the server from what is seen. */
export const saveAsPdf = (scene) => saved(scene, async () => {
  const { font, line, said, ...seen } = drawing(scene);
  const token = document.querySelector("meta[name=csrf-token]").content;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(scene.root.dataset.pdf, { method: "POST", headers, body: JSON.stringify(seen) });
  if (!answer.ok) throw new Error(String(answer.status));
  download(await answer.blob(), `network-${today()}.pdf`);
});

/** Makes a file; says so when that fails. */
async function saved(scene, make) {
  await make().catch((error) => {
    scene.status(scene.words.notsaved);
    console.warn(error);
  });
}
