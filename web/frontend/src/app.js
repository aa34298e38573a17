import { draft, forget } from "./draft.js";
import { foldByWidth } from "./fold.js";
import { globalKeys, keysSwitch } from "./keys.js";
import { narrow } from "./narrow.js";
import { pick } from "./pick.js";
import { combobox } from "./search.js";
import { years } from "./years.js";

document.querySelectorAll("[data-search]").forEach(combobox);
document.querySelectorAll("[data-narrow]").forEach(narrow);
document.querySelectorAll("[data-wide-open]").forEach(foldByWidth);
document.querySelectorAll("[data-years]").forEach(years);
document.querySelectorAll("[data-keys-switch]").forEach(keysSwitch);
document.querySelectorAll("[data-pick]").forEach(pick);
if (document.querySelector("[data-saved]")) forget();
document.querySelectorAll("[data-draft]").forEach(draft);
document.getElementById("problems")?.focus();
globalKeys();
