/** What is open where there is room and on paper, which is narrower, and folded on a phone (there app.css hides it until this ran), also when one zooms in; not under the focus. */
export function foldByWidth(details) {
  const wide = matchMedia("(width >= 52rem), print");
  details.open = wide.matches;
  wide.addEventListener("change", () => { if (!details.contains(document.activeElement)) details.open = wide.matches; });
  details.dataset.wideOpen = "known";
}
