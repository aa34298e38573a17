import { later } from "./later.js";
import { say } from "./live.js";
import { ask, goes, pageOf } from "./page.js";

/** Suggestions weighed anew while the sliders move: at once from what is at hand, then by the server, with reasons. */
const PAUSE = 350;
const LOOKED = 4000;
const AGAIN = 5000;
const OWN = 6; // columns of a link before its likelihood, factor and parts

const form = document.querySelector("[data-weigh]");
const found = document.getElementById("found");
const sliders = [...form.querySelectorAll("input[type=range]")];
const presets = [...document.querySelectorAll("[data-preset]")];
let pool, pooled, timer, asked = 0;

function address() {
  const query = new URLSearchParams();
  const preset = presets.find((tab) => tab.ariaCurrent);
  if (preset) query.set("preset", preset.dataset.preset);
  for (const [name, value] of new FormData(form)) {
    const slider = sliders.some((s) => s.name === name);
    if (value && !(slider && (preset || (value === "0" && name !== "likelihood")))) query.append(name, value);
  }
  return `${location.pathname}?${query}`;
}

/** Whom the fields beside the sliders ask for. */
const whom = () => String(new URLSearchParams([...new FormData(form)].filter(([name]) => !sliders.some((s) => s.name === name))));

/** Keeps at hand what the fields ask for: with other ones nothing is weighed here until it has come. */
async function atHand() {
  const wanted = whom();
  if (wanted === pooled || !found.querySelector("ol")) return;
  [pool, pooled] = [undefined, wanted];
  const answer = await fetch(form.dataset.weigh + new URL(address(), location.href).search).catch(() => null);
  const links = answer?.ok && !answer.redirected ? await answer.json() : undefined;
  if (wanted !== pooled) return;
  [pool, pooled] = [links, links && wanted];
  form.toggleAttribute("data-at-hand", Boolean(links));
}

/** As graphsvc.suggest.value.weigh does. */
function ranked() {
  const weight = Object.fromEntries(sliders.map((s) => [s.name, Number(s.value)]));
  const parts = pool.parts.map((name, k) => [OWN + 2 + k, weight[name]]).filter(([, w]) => w > 0);
  const sum = parts.reduce((all, [, w]) => all + w, 0);
  const share = sum ? weight.likelihood / 100 : 1;
  const score = (link) => {
    const value = sum ? parts.reduce((all, [k, w]) => all + w * link[k], 0) / sum : 0;
    return (share * link[OWN] + (1 - share) * value) * link[OWN + 1];
  };
  return pool.links.map((link) => [score(link), link]).sort((x, y) => y[0] - x[0] || y[1][OWN] - x[1][OWN])
    .slice(0, Number(form.dataset.perPage)).map(([, link]) => link);
}

function waiting(link) {
  const item = document.getElementById("waiting").content.firstElementChild.cloneNode(true);
  item.dataset.pair = `${link[0]} ${link[1]}`;
  item.querySelectorAll("a").forEach((a, k) => {
    a.href = `/organisations/${encodeURIComponent(link[k])}`;
    a.textContent = link[2 + k];
  });
  return item;
}

function reorder() {
  const list = found.querySelector("ol");
  if (!pool?.links.length || !list) return;
  const known = new Map([...list.children].map((item) => [item.dataset.pair, item]));
  list.start = 1;
  list.replaceChildren(...ranked().map((link) => known.get(`${link[0]} ${link[1]}`) ?? waiting(link)));
}

/** What was open stays open, what was written stays written, and what had the focus has it. */
function asItWas(item, old, focused) {
  if (!old) return;
  for (const [what, key] of [["details", "open"], ["select, input:not([type=hidden])", "value"]]) {
    const was = [...old.querySelectorAll(what)];
    item.querySelectorAll(what).forEach((element, k) => { if (was[k]) element[key] = was[k][key]; });
  }
  const at = [...old.querySelectorAll("a, summary")].indexOf(focused);
  item.querySelectorAll("a, summary")[at]?.focus({ preventScroll: true });
}

/** Until nobody writes in the list. */
async function unhanded() {
  while (document.activeElement.closest("#found form.decide")) {
    await new Promise((done) => { document.activeElement.addEventListener("blur", () => setTimeout(done), { once: true }); });
  }
}

async function fromServer() {
  const mine = ++asked;
  const url = address();
  goes(url);
  const answer = await ask(url).catch(() => null);
  const page = answer?.ok ? await pageOf(answer) : null;
  if (page) await unhanded();
  if (mine !== asked) return;
  if (!page) return unanswered();
  if (!page.getElementById("found")) return location.reload(); // signed out meanwhile
  const focused = document.activeElement, before = new Map([...found.querySelectorAll("li[data-pair]")].map((li) => [li.dataset.pair, li]));
  found.replaceChildren(...page.getElementById("found").children);
  found.querySelectorAll("li[data-pair]").forEach((li) => asItWas(li, before.get(li.dataset.pair), focused));
  document.querySelectorAll("[data-follows]").forEach((link) => { link.href = page.getElementById(link.id)?.getAttribute("href") ?? link.href; });
  found.querySelectorAll("[data-later]").forEach(later);
  say(document.getElementById("said").dataset.reordered);
  look();
  atHand();
}

function unanswered() {
  document.getElementById("unanswered").hidden = false;
  timer = setTimeout(fromServer, AGAIN);
}

function weighed() {
  sliders.forEach((s) => { s.labels[0].querySelector("output").value = s.value.replace(".", document.documentElement.lang === "pl" ? "," : "."); });
  atHand();
  reorder();
  clearTimeout(timer);
  timer = setTimeout(fromServer, PAUSE);
}

function choose(tab) {
  const weights = JSON.parse(tab?.dataset.weights ?? "{}");
  presets.forEach((t) => t === tab ? t.setAttribute("aria-current", "true") : t.removeAttribute("aria-current"));
  if (!tab) return;
  sliders.forEach((s) => { s.value = s.name === "likelihood" ? tab.dataset.likelihood : weights[s.name] ?? 0; });
}

/** What stays on the screen for a while counts as shown; the server counts each pair once a day. */
function look() {
  if (!found.dataset.seen) return;
  const watch = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
    clearTimeout(target.looked);
    if (isIntersecting) target.looked = setTimeout(() => { seen.add(target.dataset.pair); watch.unobserve(target); tell(); }, LOOKED);
  }), { threshold: .5 });
  found.querySelectorAll("li[data-pair]").forEach((item) => { if (!seen.has(item.dataset.pair)) watch.observe(item); });
}
const seen = new Set();
const told = new Set();
let telling;
function tell() {
  clearTimeout(telling);
  telling = setTimeout(() => {
    const fresh = [...seen].filter((pair) => !told.has(pair));
    const body = new URLSearchParams(fresh.map((pair) => ["pair", pair]));
    fresh.forEach((pair) => told.add(pair));
    fetch(found.dataset.seen, { method: "POST", body, headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content } });
  }, 500);
}

atHand();
found.addEventListener("came", () => { pooled = undefined; look(); atHand(); });
sliders.forEach((slider) => slider.addEventListener("input", () => { choose(null); weighed(); }));
presets.forEach((tab) => tab.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(tab);
  weighed();
}));
look();
