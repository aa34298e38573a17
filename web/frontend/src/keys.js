const OFF = "keys-off";

/** Whether single keys may act: not while one types, not when switched off (WCAG 2.1.4). */
export function keysAct(event) {
  if (localStorage.getItem(OFF) || event.ctrlKey || event.metaKey || event.altKey) return false;
  return !event.target.closest("input, select, textarea, [contenteditable]");
}

export function keysSwitch(box) {
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
}

export function globalKeys() {
  document.addEventListener("keydown", (event) => {
    if (!keysAct(event) || event.defaultPrevented) return;
    if (event.key === "/" || event.key.toLowerCase() === "s") {
      const field = document.getElementById("quick");
      if (!field) return;
      event.preventDefault();
      field.focus();
    }
  });
}
