import { FONT } from "./labels.js";
import { sort } from "./colours.js";

const LINE = 22, SIDE = 14;

function legend(scene) {
  const sectors = scene.picture.level === "organisations" ? [...document.querySelectorAll("[data-sector-toggle][aria-pressed=true]")] : [];
  const shown = new Set(scene.shown().map((node) => node.group));
  const marks = sectors.filter((button) => shown.has(button.dataset.sectorToggle)).map((button) => {
    const svg = button.querySelector("svg");
    return { text: button.textContent.trim(), colour: hex(getComputedStyle(svg).color), shape: svg.querySelector("use").getAttribute("href").slice(7), hollow: svg.classList.contains("hollow") };
  });
  const kinds = new Set(scene.picture.edges.map(sort).filter((kind) => !scene.off.has(kind)));
  const ties = ["suggested", "began", "ended"].filter((kind) => kinds.has(kind))
    .map((kind) => ({ text: scene.words[`tie${kind}`], colour: hex(scene.palette[kind]), dashes: DASHES[kind] ?? [] }));
  return [...marks, ...ties];
}

const DASHES = { suggested: [8, 6], ended: [2, 5] };

function source(scene) {
  const date = scene.picture.day ?? new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  return `${scene.fill(scene.words.source, { date })} · ${location.host}`;
}

/** Any colour that the browser computed, as #rrggbb. */
export function hex(colour) {
  const context = hex.context ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return `#${[...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

/** What is seen, in pixels of the stage: ties, nodes, names, legend and source below. Every file is made from this. */
export function drawing(scene) {
  const { palette, network, stage } = scene;
  const width = stage.clientWidth, height = stage.clientHeight;
  const scale = network.getScale(), middle = network.getViewPosition();
  const x = (v) => round((v - middle.x) * scale + width / 2), y = (v) => round((v - middle.y) * scale + height / 2);
  const at = network.getPositions(), shown = scene.shown(), visible = new Set(shown.map((node) => node.id));
  const colour = cached(palette), chosen = new Set(scene.chosen), marked = new Set(network.getSelectedEdges());
  const ties = scene.picture.edges.filter((e) => visible.has(e.from) && visible.has(e.to) && !scene.off.has(sort(e))).map((e) => ({
    x1: x(at[e.from].x), y1: y(at[e.from].y), x2: x(at[e.to].x), y2: y(at[e.to].y),
    width: round(Math.max(e.width * scale, 0.4)), colour: colour(marked.has(e.id) ? "accent" : sort(e)), dashes: DASHES[sort(e)] ?? [],
  }));
  const nodes = shown.map((node) => ({
    x: x(at[node.id].x), y: y(at[node.id].y), r: round(node.size * scale), shape: node.shape,
    colour: colour(node.group, true), hollow: Boolean(node.hollow), chosen: chosen.has(node.id), title: node.title,
  })).filter((n) => n.x > -n.r && n.x < width + n.r && n.y > -n.r && n.y < height + n.r);
  const written = scene.labels.written(stage.querySelector("canvas").getContext("2d"), network), ink = hex(palette.ink);
  const moved = { x: (v) => round(v - middle.x * scale + width / 2), y: (v) => round(v - middle.y * scale + height / 2) };
  const leaders = written.filter((t) => !t.text).map((t) => ({ x1: moved.x(t.x1), y1: moved.y(t.y1), x2: moved.x(t.x2), y2: moved.y(t.y2), width: 1, colour: ink, dashes: [] }));
  const texts = written.filter((t) => t.text).map((t) => ({
    x: moved.x(t.x), y: moved.y(t.y + 11), text: t.text, colour: t.edge ? colour(sort(t.edge)) : ink, bold: Boolean(t.bold || t.edge),
  }));
  const keys = legend(scene), said = inLines(source(scene), width - 2 * SIDE);
  return {
    width, height, foot: LINE * (keys.length + said.length + 1), ties: [...ties, ...leaders], nodes, texts, font: FONT, line: LINE,
    title: document.querySelector("h1").textContent.trim(), legend: keys, source: said.join(" "), said, paper: hex(palette.card), ink,
  };
}

/** Words in lines of a width. */
function inLines(text, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = FONT;
  return text.split(" ").reduce(([...lines], word) => {
    const longer = [lines.pop(), word].filter(Boolean).join(" ");
    if (pen.measureText(longer).width <= width || longer === word) return [...lines, longer];
    return [...lines, longer.slice(0, -word.length - 1), word];
  }, []);
}

const round = (v) => Math.round(v * 10) / 10;

function cached(palette) {
  const known = new Map();
  return (name, group = false) => {
    if (!known.has(name)) known.set(name, hex(group && name !== "bubble" ? palette.sector(name) : palette[name]));
    return known.get(name);
  };
}
