const SIZE = 13;
const MOST = 90;
const MOST_TIES = 60;
const ALWAYS = 28;
const LEGIBLE = 5;
/** Where on a tie its word may stand: the first place that is free, else the first without another word. */
const ALONG = [0.5, 0.35, 0.65, 0.22, 0.78];
export const FONT = `${SIZE}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

/** Names beside nodes and words on ties: the largest first, none over another, always of readable size. */
export class Labels {
  constructor(scene) {
    this.scene = scene;
    this.still = true;
  }

  of(nodes, edges) {
    const hidden = new Set(this.items?.filter((item) => item.hidden).map((item) => item.id));
    this.items = nodes
      .map((node) => ({ id: node.id, text: node.label, x: node.x, y: node.y, size: node.size, first: Boolean(node.centre), hidden: hidden.has(node.id) }))
      .sort((a, b) => b.first - a.first || b.size - a.size);
    this.byId = new Map(this.items.map((item) => [item.id, item]));
    this.suggested = edges.filter((edge) => edge.suggestion);
    this.changed = edges.filter((edge) => edge.change);
  }

  hide(ids, hidden) { ids.forEach((id) => { const item = this.byId.get(id); if (item) item.hidden = hidden; }); }

  moved(positions) { for (const [id, at] of Object.entries(positions)) Object.assign(this.byId.get(id) ?? this.byId.get(Number(id)) ?? {}, at); }

  /** What is written where, in pixels of the screen round the scene's origin. */
  written(context, network) {
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const { clientWidth, clientHeight } = this.scene.stage;
    const half = { x: clientWidth / scale / 2, y: clientHeight / scale / 2 };
    const away = ({ x, y }) => Math.abs(x - middle.x) > half.x || Math.abs(y - middle.y) > half.y;
    const chosen = new Set(network.getSelectedNodes()), { pinned } = this.scene;
    const taken = [];
    context.font = FONT;
    if (this.still) this.onTies(this.suggested, context, scale, away, taken);
    const special = chosen.size || pinned.size ? this.items.filter((i) => chosen.has(i.id) || pinned.has(i.id)) : [];
    const names = taken.length;
    for (const [rank, item] of [...special, ...this.items].entries()) {
      if (taken.length - names >= MOST) break;
      if (rank >= ALWAYS + special.length && item.size * scale < LEGIBLE) continue;
      if (item.hidden || !item.text || away(item)) continue;
      item.width ??= context.measureText(item.text).width;
      const box = [place(item, scale, 1), place(item, scale, -1)].find((b) => !taken.some((other) => overlap(b, other)));
      if (box) taken.push({ ...box, text: item.text, bold: pinned.has(item.id) });
    }
    if (this.still) this.onTies(this.changed, context, scale, away, taken);
    return taken;
  }

  onTies(ties, context, scale, away, taken) {
    const before = taken.length;
    for (const edge of ties) {
      if (taken.length - before >= MOST_TIES) break;
      const a = this.byId.get(edge.from), b = this.byId.get(edge.to);
      if (!a || !b || a.hidden || b.hidden || this.scene.edges?.get(edge.id)?.hidden) continue;
      const width = context.measureText(edge.label).width;
      const spots = ALONG.map((part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part })).filter((at) => !away(at))
        .map(({ x, y }) => around(x * scale, y * scale - SIZE / 2, width)).filter((box) => !taken.some((other) => overlap(box, other)));
      const box = spots.find((spot) => !this.onNode(spot, scale)) ?? spots[0];
      if (box) taken.push({ ...box, text: edge.label, edge });
    }
  }

  /** Whether a box would hide a node. */
  onNode(box, scale) {
    return this.items.some(({ x, y, size, hidden }) => !hidden && overlap(box, { left: (x - size) * scale, right: (x + size) * scale, top: (y - size) * scale, bottom: (y + size) * scale }));
  }

  draw(context, network, palette) {
    const scale = network.getScale();
    context.save();
    Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", strokeStyle: palette.card, lineWidth: 4 });
    const found = this.written(context, network);
    context.scale(1 / scale, 1 / scale);
    for (const { text, x, y, bold, edge } of found) {
      context.font = bold || edge ? `bold ${FONT}` : FONT;
      context.strokeText(text, x, y);
      context.fillStyle = edge ? palette[edge.suggestion ? "suggested" : edge.change] : palette.ink;
      context.fillText(text, x, y);
    }
    context.restore();
  }
}

const around = (x, top, width) => ({ x, y: top, left: x - width / 2 - 3, right: x + width / 2 + 3, top, bottom: top + SIZE + 3 });

/** Where the text stands, below the node or above it. */
function place(item, scale, side) {
  const y = (item.y + side * item.size) * scale + (side > 0 ? 4 : -SIZE - 6);
  return around(item.x * scale, y, item.width);
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
