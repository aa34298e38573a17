import { foldByWidth } from "./fold.js";
import { globalKeys, keysSwitch } from "./keys.js";
import { narrow } from "./narrow.js";
import { combobox } from "./search.js";
import { years } from "./years.js";

document.querySelectorAll("[data-search]").forEach(combobox);
document.querySelectorAll("[data-narrow]").forEach(narrow);
document.querySelectorAll("[data-wide-open]").forEach(foldByWidth);
document.querySelectorAll("[data-years]").forEach(years);
document.querySelectorAll("[data-keys-switch]").forEach(keysSwitch);
globalKeys();
