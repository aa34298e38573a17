import { foldByWidth } from "./fold.js";
import { WAITING, ask, pageOf } from "./page.js";
import { stack } from "./stack.js";

const EVERY = 2000;

/**
 * Fills in what was still being worked out when the page was made: asks for the page again until it is there.
 * `data-later="around"`: then the part of the page that it stands in comes anew, but not under the hands of who reads or
 * writes in it. Nothing else changes: what is said above it and what is written beside it stay.
 */
export function later(element) {
  const around = element.dataset.later === "around", part = around ? element.parentElement : element;
  const busy = () => around && (part.contains(document.activeElement) || part.querySelector("details[open]"));
  const waits = (now) => now.matches("[data-later]") || now.querySelector("[data-later]");
  async function look() {
    if (!element.isConnected) return;
    const here = location.href, answer = await ask(here, { headers: WAITING }).catch(() => null);
    const page = answer?.ok ? await pageOf(answer) : null, now = page?.getElementById(part.id);
    if (page && !now) return location.reload(); // signed out meanwhile
    if (!now || waits(now) || busy() || here !== location.href) return setTimeout(look, EVERY);
    part.replaceChildren(...now.childNodes);
    part.querySelectorAll(".table").forEach(stack);
    part.querySelectorAll("[data-wide-open]").forEach(foldByWidth);
    part.dispatchEvent(new CustomEvent("came"));
  }
  setTimeout(look, EVERY);
}
