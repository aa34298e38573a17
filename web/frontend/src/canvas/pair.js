/** Two pictures of the same places: fitted alike, and moved together. */
export function pair(scenes) {
  const waiting = new Set(scenes);
  scenes.forEach((scene) => scene.root.addEventListener("drawn", () => {
    waiting.delete(scene);
    if (!waiting.size) together(scenes);
  }, { once: true }));
}

function together(scenes) {
  const nodes = scenes.flatMap((scene) => scene.picture.nodes);
  const [wide, tall] = ["x", "y"].map((axis) => {
    const values = nodes.map((node) => node[axis]), sizes = Math.max(...nodes.map((node) => node.size));
    return [values.reduce((a, b) => Math.min(a, b)) - sizes, values.reduce((a, b) => Math.max(a, b)) + sizes];
  });
  const { clientWidth, clientHeight } = scenes[0].stage;
  const scale = Math.min(clientWidth / (wide[1] - wide[0]), clientHeight / (tall[1] - tall[0]), 2) * 0.9;
  const position = { x: (wide[0] + wide[1]) / 2, y: (tall[0] + tall[1]) / 2 };
  scenes.forEach((scene) => scene.network.moveTo({ position, scale, animation: false }));
  for (const scene of scenes) {
    const follow = () => {
      const view = { position: scene.network.getViewPosition(), scale: scene.network.getScale() };
      scenes.filter((other) => other !== scene).forEach((other) => other.network.moveTo({ ...view, animation: false }));
    };
    ["dragEnd", "zoom", "animationFinished"].forEach((what) => scene.network.on(what, follow));
    scene.root.addEventListener("moved", follow);
  }
}
