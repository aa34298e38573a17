/** A shortest way from one node to another that avoids some, or null (breadth first). */
export function way(neighbours, from, to, without) {
  const before = new Map([[from, null]]);
  const queue = [from];
  for (const id of queue) {
    if (id === to) break;
    for (const next of neighbours.get(id) ?? []) {
      if (before.has(next) || without.has(next)) continue;
      before.set(next, id);
      queue.push(next);
    }
  }
  if (!before.has(to)) return null;
  const ids = [];
  for (let id = to; id !== null; id = before.get(id)) ids.unshift(id);
  return ids;
}
