import { ask, goes, pageOf } from "./page.js";
import { stack } from "./stack.js";

const PACE = 1200;

/** Slider over years: moving it redraws the picture at once, and all beside it that a year changes (data-dated); play walks through the years. */
export function years(form) {
  const range = form.querySelector("input[type=range]");
  const output = form.querySelector("output");
  const play = form.querySelector("[data-play]");
  const canvas = document.querySelector("[data-picture]");
  const start = play.textContent;
  let timer = 0, asked = 0;

  function draw() {
    output.value = range.value;
    if (!canvas) return form.requestSubmit();
    const [source, here] = [canvas.dataset.picture, location.href].map((address) => new URL(address, location.href));
    for (const { searchParams } of [source, here]) {
      searchParams.set("year", range.value);
      searchParams.delete("day");
    }
    canvas.dispatchEvent(new CustomEvent("redraw", { detail: source.href }));
    goes(here);
    for (const [id, value] of [["filter-year", range.value], ["filter-day", ""]]) {
      const field = document.getElementById(id);
      if (field) field.value = value;
    }
  }
  async function beside() {
    const mine = (asked += 1), answer = await ask(location.href);
    if (!answer.ok || mine !== asked) return;
    const page = await pageOf(answer), summary = page.getElementById("summary");
    if (!summary) return location.reload(); // signed out meanwhile
    const signs = (there) => Boolean(there.querySelector(".legend"));
    if (signs(page) !== signs(document)) return location.reload(); // few enough, or too many, to be drawn one by one
    canvas?.querySelector(".stage").setAttribute("aria-label", summary.textContent);
    for (const part of document.querySelectorAll("[data-dated]")) part.replaceWith(page.getElementById(part.id));
    document.querySelectorAll("#table .table").forEach(stack);
    canvas?.dispatchEvent(new CustomEvent("beside"));
  }
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = start;
    beside();
  }
  range.addEventListener("input", () => { output.value = range.value; });
  range.addEventListener("change", () => { draw(); beside(); });
  play.addEventListener("click", () => {
    if (timer) return stop();
    play.textContent = play.dataset.stop;
    if (range.value === range.max) range.value = range.min;
    draw();
    timer = setInterval(() => {
      if (range.value === range.max) return stop();
      range.stepUp();
      draw();
    }, PACE);
  });
}
