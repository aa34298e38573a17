const PLAIN = ["paper", "card", "ink", "accent", "tie", "suggested", "bubble", "began", "ended"];

function resolved(root, element) {
  root.append(element);
  const { color } = getComputedStyle(element);
  element.remove();
  return color;
}

/** The page's own colours, light or dark, as the canvas needs them. */
export function colours(root) {
  const probe = (name) => Object.assign(document.createElement("span"), { hidden: true, className: `probe-${name}` });
  const found = Object.fromEntries(PLAIN.map((name) => [name, resolved(root, probe(name))]));
  found.sector = (code) => {
    const element = Object.assign(document.createElement("span"), { hidden: true });
    element.dataset.sector = code;
    return resolved(root, element);
  };
  return found;
}

/** vis-network's groups: one per sector, and the bubbles. */
export function groups(nodes, palette) {
  const names = new Set(nodes.map((node) => node.group));
  return Object.fromEntries([...names].map((name) => [name, look(name, palette)]));
}

function look(name, palette) {
  const hue = name === "bubble" ? palette.bubble : palette.sector(name);
  const chosen = { background: hue, border: palette.ink };
  return { color: { background: hue, border: palette.card, highlight: chosen, hover: chosen }, borderWidth: 1, borderWidthSelected: 4 };
}

/** A node that is drawn as an outline, for sectors that share a shape. */
export function outline(node, palette) {
  const hue = palette.sector(node.group);
  const colour = { background: palette.card, border: hue };
  return { color: { ...colour, highlight: { background: palette.card, border: palette.ink }, hover: colour }, borderWidth: 3 };
}

/** What a tie is: a suggestion, one that began, one that ended, or just a tie. */
export const sort = (edge) => (edge.suggestion ? "suggested" : edge.change ?? "tie");

/** A tie as it is drawn; its words are written by ``Labels``, which keeps them legible at any zoom. */
export function tie({ label, ...edge }, palette) {
  const kind = sort(edge);
  const color = { color: palette[kind], highlight: palette.accent, hover: palette.accent, opacity: kind === "tie" ? 0.5 : 0.9 };
  return { ...edge, color, dashes: edge.dashes ?? false, width: edge.width + (kind === "began" ? 1 : 0) };
}
