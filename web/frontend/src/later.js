const EVERY = 2000;

/**
 * Fills in what was still being worked out when the page was made: asks for the page again until it is there.
 * `data-later="reload"`: then the page is opened anew, for the scripts that work on what came.
 */
export function later(element) {
  async function look() {
    const answer = await fetch(location.href).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const now = page?.getElementById(element.id);
    if (page && element.dataset.later === "reload" && !now) location.reload();
    else if (now && !("later" in now.dataset)) element.replaceChildren(...now.childNodes);
    else setTimeout(look, EVERY);
  }
  setTimeout(look, EVERY);
}
