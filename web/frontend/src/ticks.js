/** What was ticked is so again after the way back: Firefox forgets that of pages that are not to be stored, so the entry of the history keeps it. */
export function ticks() {
  const boxes = () => [...document.querySelectorAll("main [type=checkbox]")], now = boxes();
  const kept = performance.getEntriesByType("navigation")[0]?.type === "back_forward" && history.state?.ticks;
  if (kept?.length === now.length) now.forEach((box, i) => { box.checked = kept[i]; });
  addEventListener("pagehide", () => history.replaceState({ ticks: boxes().map((box) => box.checked) }, ""));
}
