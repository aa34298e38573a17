const SIZE = 13;
const MOST = 90;
const ALWAYS = 28;
const LEGIBLE = 5;
const FONT = `${SIZE}px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

/** Names beside nodes: the largest first, none over another, always of readable size. */
export class Labels {
  of(nodes) {
    this.items = nodes
      .map((node) => ({ id: node.id, text: node.label, x: node.x, y: node.y, size: node.size, first: Boolean(node.centre) }))
      .sort((a, b) => b.first - a.first || b.size - a.size);
    this.byId = new Map(this.items.map((item) => [item.id, item]));
  }

  hide(ids, hidden) { ids.forEach((id) => { this.byId.get(id).hidden = hidden; }); }

  moved(positions) { for (const [id, at] of Object.entries(positions)) Object.assign(this.byId.get(id) ?? this.byId.get(Number(id)), at); }

  draw(context, network, palette) {
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const { clientWidth, clientHeight } = context.canvas;
    const half = { x: clientWidth / scale / 2, y: clientHeight / scale / 2 };
    const chosen = new Set(network.getSelectedNodes());
    const taken = [];
    context.save();
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.font = FONT;
    const order = chosen.size ? [...this.items.filter((i) => chosen.has(i.id)), ...this.items] : this.items;
    for (const [rank, item] of order.entries()) {
      if (taken.length >= MOST) break;
      if (rank >= ALWAYS && item.size * scale < LEGIBLE) continue;
      if (item.hidden || Math.abs(item.x - middle.x) > half.x || Math.abs(item.y - middle.y) > half.y) continue;
      item.width ??= context.measureText(item.text).width;
      const box = [place(item, scale, 1), place(item, scale, -1)].find((b) => !taken.some((other) => overlap(b, other)));
      if (!box) continue;
      taken.push(box);
      write(context, item, scale, box, palette);
    }
    context.restore();
  }
}

/** Where the text stands, below the node or above it, in screen pixels round the scene's origin. */
function place(item, scale, side) {
  const x = item.x * scale, y = (item.y + side * item.size) * scale + (side > 0 ? 4 : -SIZE - 6);
  return { x, y, left: x - item.width / 2 - 3, right: x + item.width / 2 + 3, top: y, bottom: y + SIZE + 3 };
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function write(context, item, scale, box, palette) {
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.strokeStyle = palette.card;
  context.lineWidth = 4;
  context.strokeText(item.text, box.x, box.y);
  context.fillStyle = palette.ink;
  context.fillText(item.text, box.x, box.y);
  context.restore();
}
