import { WAITING, pageOf } from "./page.js";

const EVERY = 2000;

/**
 * Fills in what was still being worked out when the page was made: asks for the page again until it is there.
 * `data-later="reload"`: then the page is opened anew, for the scripts that work on what came, but not under the hands
 * of who reads or writes in the part of the page that it stands in.
 */
export function later(element) {
  const part = element.parentElement;
  const busy = () => part.contains(document.activeElement) || part.querySelector("details[open]");
  async function look() {
    if (!element.isConnected) return;
    const answer = await fetch(location.href, { headers: WAITING }).catch(() => null);
    const page = answer?.ok ? await pageOf(answer) : null;
    const now = page?.getElementById(element.id);
    if (page && element.dataset.later === "reload" && !now && !busy()) location.reload();
    else if (now && !("later" in now.dataset)) element.replaceChildren(...now.childNodes);
    else setTimeout(look, EVERY);
  }
  setTimeout(look, EVERY);
}
