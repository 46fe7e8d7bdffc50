// What is behind a figure stands at the side of the page: it takes the focus, Escape closes it and gives the focus back.
(() => {
  "use strict";
  const sheet = () => document.querySelector(".st-key-fl-sheet aside");
  let opener = "";

  document.addEventListener("click", (event) => (opener = event.target.closest?.("a.fl-figure")?.getAttribute("href") ?? opener), true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("details.fl-day[open]")) sheet()?.querySelector(".fl-sheet-close")?.click();
  });

  let shown = null;
  new MutationObserver(() => {
    const now = sheet();
    const label = now?.getAttribute("aria-label") ?? null;
    if (label === shown) return;
    shown = label;
    if (now) now.focus({ preventScroll: true });
    else [...document.querySelectorAll("a.fl-figure")].find((a) => a.getAttribute("href") === opener)?.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
