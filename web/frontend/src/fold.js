/** Filters are open where there is room beside the content, folded on a phone. */
export function foldByWidth(details) {
  details.open = matchMedia("(width >= 52rem)").matches;
}
