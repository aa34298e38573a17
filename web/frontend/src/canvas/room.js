const CELL = 64;

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** What lies on the canvas already, kept by squares, so that a box is held only against what is near it. */
export class Room {
  constructor() { this.cells = new Map(); }

  add(box) { for (const key of squares(box)) this.cells.get(key)?.push(box) ?? this.cells.set(key, [box]); }

  free(box) { return !squares(box).some((key) => this.cells.get(key)?.some((other) => overlap(box, other))); }
}

function squares({ left, right, top, bottom }) {
  const found = [];
  for (let x = Math.floor(left / CELL); x <= right / CELL; x += 1) {
    for (let y = Math.floor(top / CELL); y <= bottom / CELL; y += 1) found.push(`${x} ${y}`);
  }
  return found;
}
