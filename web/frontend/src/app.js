import { draft, forget, saved, sending } from "./draft.js";
import { foldByWidth } from "./fold.js";
import { job } from "./job.js";
import { globalKeys, keysSwitch } from "./keys.js";
import { later } from "./later.js";
import { narrow } from "./narrow.js";
import { pick } from "./pick.js";
import { search } from "./search.js";
import { stack } from "./stack.js";
import { years } from "./years.js";

document.querySelectorAll("[data-search]").forEach(search);
document.querySelectorAll("[data-narrow]").forEach(narrow);
document.querySelectorAll("[data-wide-open]").forEach(foldByWidth);
document.querySelectorAll("[data-years]").forEach(years);
document.querySelectorAll("[data-keys-switch]").forEach(keysSwitch);
document.querySelectorAll("[data-pick]").forEach(pick);
document.querySelectorAll(".table").forEach(stack);
document.querySelectorAll("[data-job]").forEach(job);
document.querySelectorAll("[data-later]").forEach(later);
// Enter in a field does not say which of the answers is meant
document.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("form.decide input")) event.preventDefault(); });
if (document.querySelector("[data-saved]")) saved();
document.querySelectorAll("[data-draft]").forEach(draft);
document.querySelectorAll("form[data-leave]").forEach((form) => form.addEventListener("submit", forget));
sending();
document.documentElement.toggleAttribute("data-framed", window !== window.top);
document.getElementById("problems")?.focus();
globalKeys();
