/** Filters are open where there is room beside the content, folded on a phone: there app.css hides them until this ran. */
export function foldByWidth(details) {
  details.open = matchMedia("(width >= 52rem)").matches;
  details.dataset.wideOpen = "known";
}
