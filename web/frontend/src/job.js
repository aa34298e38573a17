import { WAITING, ask } from "./page.js";

const EVERY = 2000;

/** Follows work in the background: bar and words move by themselves; when it has ended the page shows what came of it. */
export function job(element) {
  const bar = element.querySelector("progress");
  const said = element.querySelector("[data-said]");
  const left = element.querySelector("[data-left]");

  async function look() {
    const answer = await ask(element.dataset.job, { headers: { Accept: "application/json", ...WAITING } }).catch(() => null);
    if (answer?.ok) {
      const now = await answer.json();
      if (!now.open) {
        location.reload();
        return;
      }
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
      } else {
        bar.removeAttribute("value");
      }
      if (said.textContent !== now.said) said.textContent = now.said;
      left.textContent = now.left;
    }
    setTimeout(look, EVERY);
  }
  setTimeout(look, EVERY);
}
