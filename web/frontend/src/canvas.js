import { start } from "./canvas/start.js";

start([...document.querySelectorAll("[data-picture]")]);
