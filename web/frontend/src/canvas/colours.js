const PLAIN = ["paper", "card", "ink", "accent", "tie", "suggested", "bubble"];

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
