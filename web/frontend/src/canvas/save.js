const LINE = 22;
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

function legend() {
  return [...document.querySelectorAll("[data-sector-toggle][aria-pressed=true]")].map((button) => ({
    text: button.textContent.trim(),
    colour: getComputedStyle(button.querySelector("svg")).color,
    shape: button.querySelector("use").getAttribute("href").slice(7),
  }));
}

function source(scene) {
  const date = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  return `${scene.fill(scene.words.source, { date })} · ${location.host}`;
}

function download(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** What is seen, with legend, date and source, as SVG text. */
export function svgText(scene) {
  const { palette, network, stage } = scene;
  const keys = legend();
  const width = stage.clientWidth, height = stage.clientHeight, foot = LINE * (keys.length + 2);
  const scale = network.getScale(), middle = network.getViewPosition();
  const x = (v) => ((v - middle.x) * scale + width / 2).toFixed(1);
  const y = (v) => ((v - middle.y) * scale + height / 2).toFixed(1);
  const at = network.getPositions();
  const shown = scene.nodes.get({ filter: (node) => !node.hidden });
  const visible = new Set(shown.map((node) => node.id));
  const lines = scene.picture.edges.filter((e) => visible.has(e.from) && visible.has(e.to)).map((e) => {
    const stroke = e.suggestion ? `stroke="${palette.suggested}" stroke-dasharray="8 6"` : `stroke="${palette.tie}"`;
    return `<path ${stroke} stroke-width="${Math.max(e.width * scale, 0.4).toFixed(2)}" d="M${x(at[e.from].x)} ${y(at[e.from].y)}L${x(at[e.to].x)} ${y(at[e.to].y)}"/>`;
  });
  const marks = shown.map((node) => {
    const fill = node.group === "bubble" ? palette.bubble : palette.sector(node.group);
    return `<g transform="translate(${x(at[node.id].x)} ${y(at[node.id].y)})" fill="${fill}" stroke="${palette.card}"><title>${escaped(node.title)}</title>${(SHAPES[node.shape] ?? SHAPES.dot)(node.size * scale)}</g>`;
  });
  const names = shown.length > 150 ? [] : shown.map((node) => `<text text-anchor="middle" x="${x(at[node.id].x)}" y="${(Number(y(at[node.id].y)) + node.size * scale + 14).toFixed(1)}">${escaped(scene.byId.get(node.id).label)}</text>`);
  const entries = keys.map((key, i) => `<g transform="translate(20 ${height + LINE * (i + 0.7)})"><g fill="${key.colour}">${SHAPES[key.shape](6)}</g><text x="16" y="5">${escaped(key.text)}</text></g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + foot}" viewBox="0 0 ${width} ${height + foot}" font-family="sans-serif" font-size="13" fill="${palette.ink}"><rect width="100%" height="100%" fill="${palette.card}"/><g opacity=".8">${lines.join("")}</g>${marks.join("")}${names.join("")}${entries.join("")}<text x="14" y="${height + foot - 12}">${escaped(source(scene))}</text></svg>`;
}

export function saveAsSvg(scene) {
  download(new Blob([svgText(scene)], { type: "image/svg+xml" }), `network-${today()}.svg`);
}

/** PNG of what is seen: the canvas as drawn, legend, date and source below. */
export function saveAsPicture(scene) {
  const drawn = scene.stage.querySelector("canvas");
  const keys = legend();
  const ratio = drawn.width / drawn.clientWidth;
  const sheet = document.createElement("canvas");
  sheet.width = drawn.width;
  sheet.height = drawn.height + LINE * (keys.length + 2) * ratio;
  const context = sheet.getContext("2d");
  context.fillStyle = scene.palette.card;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(drawn, 0, 0);
  context.scale(ratio, ratio);
  context.font = "14px sans-serif";
  keys.forEach((key, i) => {
    const y = drawn.clientHeight + LINE * (i + 0.7);
    context.fillStyle = key.colour;
    context.fillRect(14, y - 6, 12, 12);
    context.fillStyle = scene.palette.ink;
    context.fillText(key.text, 34, y + 5);
  });
  context.fillStyle = scene.palette.ink;
  context.fillText(source(scene), 14, drawn.clientHeight + LINE * (keys.length + 1.4));
  sheet.toBlob((blob) => download(blob, `network-${today()}.png`));
}
