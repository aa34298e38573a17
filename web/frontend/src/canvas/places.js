/** Boxes on the screen, in pixels round the scene's origin: of signs, and where their names may stand. */

export const SIZE = 13;
export const LINE = SIZE + 2;
const ANGLES = 16, NEAR = 20, FAR = 240, STEP = 14;

export const around = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

export const sign = ({ x, y, size }, scale) => around(x * scale, y * scale, size * scale * 2, size * scale * 2);

/** Below the node, above it, to the right, to the left. */
export function beside({ x, y, size, width, lines }, scale) {
  const wide = width + 6, tall = lines.length * LINE, far = size * scale + 3;
  const at = (dx, dy) => around(x * scale + dx * (far + wide / 2), y * scale + dy * (far + tall / 2), wide, tall);
  return [at(0, 1), at(0, -1), at(1, 0), at(-1, 0)];
}

/** Round the node, ever farther off. */
export function called({ x, y, size, width, lines }, scale) {
  const found = [];
  for (let far = size * scale + NEAR; far < FAR; far += STEP) {
    for (let k = 0; k < ANGLES; k += 1) {
      const angle = (2 * Math.PI * k) / ANGLES;
      found.push(around(x * scale + Math.cos(angle) * (far + width / 2), y * scale + Math.sin(angle) * far, width + 6, lines.length * LINE));
    }
  }
  return found;
}

/** Moved as far as it takes to be whole on the stage. */
export function within(box, stage) {
  const by = (low, high) => Math.max(stage[low] - box[low], 0) || Math.min(stage[high] - box[high], 0);
  const right = by("left", "right"), down = by("top", "bottom");
  return { left: box.left + right, right: box.right + right, top: box.top + down, bottom: box.bottom + down };
}

/** A line from a point to the nearest one of a box. */
export const leader = (x, y, { left, right, top, bottom }) =>
  ({ x1: x, y1: y, x2: Math.min(Math.max(x, left), right), y2: Math.min(Math.max(y, top), bottom) });
