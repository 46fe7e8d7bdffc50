// What the reader saw when he was last here: kept by his browser alone, and put into the links that compare with it.
(() => {
  "use strict";
  const NEWEST = "frontline_seen"; // the newest day and batch that this browser was shown
  const BEFORE = "frontline_seen_before"; // those of the visit before this one
  const HERE = "frontline_visit"; // a visit lasts as long as its tab

  const keep = (store, name, value) => {
    try {
      store.setItem(name, value);
    } catch {
      // a browser that keeps nothing knows of no visit before
    }
  };
  const kept = (store, name) => {
    try {
      return store.getItem(name);
    } catch {
      return null;
    }
  };

  if (!kept(sessionStorage, HERE)) {
    keep(sessionStorage, HERE, "1");
    const seen = kept(localStorage, NEWEST);
    if (seen) keep(localStorage, BEFORE, seen);
  }

  const note = () => {
    const seen = document.getElementById("frontline-state")?.dataset.seen;
    if (seen) keep(localStorage, NEWEST, seen);
  };
  setInterval(note, 2000); // a page that was open longer than that was seen

  // Before the link is followed, whichever way: by a click, another tab, the keyboard.
  const fill = (event) => {
    const link = event.target.closest?.("a[href*='against=visit']");
    const seen = link && /^(\d{4}-\d\d-\d\d) (\d+)$/.exec(kept(localStorage, BEFORE) ?? "");
    if (!seen) return;
    const url = new URL(link.getAttribute("href"), document.baseURI);
    url.searchParams.set("since", seen[1]);
    url.searchParams.set("since_batch", seen[2]);
    link.setAttribute("href", url.pathname === location.pathname ? url.search : url.href);
  };
  for (const name of ["pointerdown", "focusin", "click"]) window.addEventListener(name, fill, true);
})();
