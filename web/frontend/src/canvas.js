import { start } from "./canvas/start.js";

document.querySelectorAll("[data-picture]").forEach(start);
