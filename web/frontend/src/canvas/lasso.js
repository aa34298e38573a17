const SVG = "http://www.w3.org/2000/svg";

/** Draw round nodes to choose them. */
export function lasso(scene) {
  if (scene.stopLasso) return scene.stopLasso();
  const button = scene.root.querySelector("[data-do=lasso]");
  const sheet = document.createElementNS(SVG, "svg");
  const line = sheet.appendChild(document.createElementNS(SVG, "path"));
  sheet.setAttribute("class", "lasso");
  scene.stage.append(sheet);
  button.setAttribute("aria-pressed", "true");
  scene.status(scene.words.lasso);
  let points = [];
  scene.stopLasso = () => {
    sheet.remove();
    button.setAttribute("aria-pressed", "false");
    scene.stopLasso = null;
    scene.describe();
  };
  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  sheet.addEventListener("pointerdown", (event) => { points = [at(event)]; sheet.setPointerCapture(event.pointerId); });
  sheet.addEventListener("pointermove", (event) => {
    if (!points.length) return;
    points.push(at(event));
    line.setAttribute("d", `M${points.map((p) => p.join(" ")).join("L")}Z`);
  });
  sheet.addEventListener("pointerup", () => {
    const inside = scene.shown().filter((node) => {
      const { x, y } = scene.network.canvasToDOM(scene.network.getPosition(node.id));
      return within([x, y], points);
    });
    scene.stopLasso();
    scene.choose(inside.map((node) => node.id));
  });
}

/** Whether a point lies in a polygon (even-odd rule). */
export function within([x, y], polygon) {
  let odd = false;
  polygon.forEach(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
  });
  return odd;
}
