import { sort } from "./colours.js";
import { LINE, SIZE, around, beside, called, leader, sign, within } from "./places.js";
import { Room } from "./room.js";

const MOST = 90;
const MOST_TIES = 60;
const ALWAYS = 60;
/** For so many pixels of the stage's width one of the largest is named at a line from a little way off, where there is no room beside it. */
const PER_CALL = 90;
/** So few are all named so. */
const FEW = 12;
const LEGIBLE = 5;
/** A longer name stands in two lines. */
const LONG = 18;
/** Where on a tie its word may stand. */
const ALONG = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.2, 0.8];
/** What stands for the word of a suggested tie where there is no room for it; the legend has it too. */
const SHORT = "?";
const MAY = 1, MUST = 2;
export const FONT = `${SIZE}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

/** Names beside nodes and words on ties: the largest first, none over a node or another, always of readable size. */
export class Labels {
  constructor(scene) {
    this.scene = scene;
    this.still = true;
  }

  of(nodes, edges) {
    this.items = nodes
      .map((node) => ({ id: node.id, text: node.label, x: node.x, y: node.y, size: node.size, first: Boolean(node.centre), hidden: this.scene.out(node) }))
      .sort((a, b) => b.first - a.first || b.size - a.size);
    this.byId = new Map(this.items.map((item) => [item.id, item]));
    this.suggested = edges.filter((edge) => edge.suggestion);
    this.changed = edges.filter((edge) => edge.change);
  }

  /** What is written where, line by line, and the lines that lead to names (x1 … y2), in pixels of the screen round the scene's origin. */
  written(context, network) {
    const scale = network.getScale(), middle = network.getViewPosition();
    const { clientWidth, clientHeight } = this.scene.stage;
    const half = { x: clientWidth / scale / 2, y: clientHeight / scale / 2 };
    const seen = this.items.filter(({ x, y, hidden }) => !hidden && Math.abs(x - middle.x) < half.x && Math.abs(y - middle.y) < half.y);
    const edge = around(middle.x * scale, middle.y * scale, half.x * scale * 2, half.y * scale * 2);
    const view = { context, scale, edge, seen: new Set(seen.map((item) => item.id)), room: new Room(), lines: [] };
    seen.forEach((item) => view.room.add(sign(item, scale)));
    context.font = FONT;
    const chosen = new Set(network.getSelectedNodes()), { pinned } = this.scene;
    const wanted = ({ id, first }) => first || chosen.has(id) || pinned.has(id);
    for (const item of seen.filter(wanted)) this.name(item, view, MUST);
    if (this.still) this.onTies(this.suggested, view);
    const calls = seen.length <= FEW ? FEW : clientWidth / PER_CALL;
    const rest = seen.filter((item, rank) => !wanted(item) && (rank < ALWAYS || item.size * scale >= LEGIBLE));
    for (let i = 0, named = 0; i < rest.length && named < MOST; i += 1) named += this.name(rest[i], view, i < calls ? MAY : 0);
    if (this.still) this.onTies(this.changed, view);
    return view.lines;
  }

  /** Writes a name in the first free place beside its node, or farther off (MAY), or below it all the same (MUST). Gives whether it did. */
  name(item, { context, scale, edge, room, lines }, effort) {
    if (!item.text) return false;
    item.lines ??= inLines(item.text);
    item.width ??= Math.max(...item.lines.map((text) => context.measureText(text).width));
    const free = (place) => room.free(place);
    const near = beside(item, scale).map((place) => within(place, edge));
    let box = near.find(free);
    if (!box && effort === MAY) {
      box = called(item, scale).map((place) => within(place, edge)).find(free);
      if (box) lines.push(leader(item.x * scale, item.y * scale, box));
    }
    box ??= effort === MUST ? near[0] : null;
    if (!box) return false;
    room.add(box);
    const bold = this.scene.pinned.has(item.id);
    item.lines.forEach((text, i) => lines.push({ text, x: (box.left + box.right) / 2, y: box.top + i * LINE, bold }));
    return true;
  }

  onTies(ties, { context, scale, seen, room, lines }) {
    let count = 0;
    for (const edge of ties) {
      const a = this.byId.get(edge.from), b = this.byId.get(edge.to);
      if (count >= MOST_TIES) break;
      if (!a || !b || a.hidden || b.hidden || !(seen.has(a.id) || seen.has(b.id)) || this.scene.off.has(sort(edge))) continue;
      const spots = (text) => ALONG.map((part) => ({ x: (a.x + (b.x - a.x) * part) * scale, y: (a.y + (b.y - a.y) * part) * scale }))
        .map(({ x, y }) => ({ ...around(x, y, context.measureText(text).width + 6, LINE), text }));
      const all = [...spots(edge.label), ...(edge.suggestion ? spots(SHORT) : [])];
      const box = all.find((spot) => room.free(spot)) ?? (edge.suggestion ? all[ALONG.length] : null);
      if (!box) continue;
      room.add(box);
      lines.push({ text: box.text, x: (box.left + box.right) / 2, y: box.top, edge });
      count += 1;
    }
  }

  draw(context, network, palette) {
    const scale = network.getScale();
    context.save();
    Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", strokeStyle: palette.ink, lineWidth: 1 });
    const found = this.written(context, network);
    context.scale(1 / scale, 1 / scale);
    for (const { x1, y1, x2, y2 } of found.filter((one) => !one.text)) context.stroke(new Path2D(`M${x1} ${y1}L${x2} ${y2}`));
    Object.assign(context, { strokeStyle: palette.card, lineWidth: 4 });
    for (const { text, x, y, bold, edge } of found.filter((one) => one.text)) {
      context.font = bold || edge ? `bold ${FONT}` : FONT;
      context.strokeText(text, x, y);
      context.fillStyle = edge ? palette[edge.suggestion ? "suggested" : edge.change] : palette.ink;
      context.fillText(text, x, y);
    }
    context.restore();
  }
}

/** A name in one line or two of about the same length. */
function inLines(text) {
  if (text.length <= LONG) return [text];
  const spaces = [...text.matchAll(/ /g)].map((found) => found.index);
  if (!spaces.length) return [text];
  const at = spaces.reduce((best, i) => (Math.abs(i - text.length / 2) < Math.abs(best - text.length / 2) ? i : best));
  return [text.slice(0, at), text.slice(at + 1)];
}
