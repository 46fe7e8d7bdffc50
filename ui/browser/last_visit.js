// What the reader saw when he was last here: kept by his browser alone, and put into the links that compare with it.
//
// A visit ends when no page was looked at for GAP: however many tabs were open, and however often each was drawn anew,
// they are one visit, and what was seen last in it is compared with from the next one on.
(() => {
  "use strict";
  const SEEN = "frontline_seen"; // the newest day and batch that this browser was shown, and when it last was
  const BEFORE = "frontline_seen_before"; // those of the end of the visit before this one
  const GAP = 4 * 60 * 60 * 1000; // chosen: longer than a lunch or a meeting, shorter than a night

  const keep = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // a browser that keeps nothing knows of no visit before
    }
  };
  const kept = (name) => {
    try {
      return /^(\d{4}-\d\d-\d\d) (\d+) (\d+)$/.exec(localStorage.getItem(name) ?? "");
    } catch {
      return null;
    }
  };

  const end = () => {
    const seen = kept(SEEN);
    if (seen && Date.now() - Number(seen[3]) > GAP) keep(BEFORE, seen[0]);
  };
  const note = () => {
    const seen = document.getElementById("frontline-state")?.dataset.seen;
    if (!seen || document.hidden) return; // a tab left open behind others is not looked at
    end();
    keep(SEEN, `${seen} ${Date.now()}`);
  };
  end(); // before the first link of a new visit can be followed
  setInterval(note, 2000); // a page that was open longer than that was seen

  const writtenDay = (time) => {
    const day = new Date(Number(time));
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };

  // Before the link is followed, whichever way: by a click, another tab, the keyboard.
  const fill = (event) => {
    const link = event.target.closest?.("a[href*='against=visit']");
    const seen = link && kept(BEFORE);
    if (!seen) return;
    const url = new URL(link.getAttribute("href"), document.baseURI);
    const choices = { since: seen[1], since_batch: seen[2], visited: writtenDay(seen[3]) };
    for (const [name, value] of Object.entries(choices)) url.searchParams.set(name, value);
    link.setAttribute("href", url.pathname === location.pathname ? url.search : url.href);
  };
  for (const name of ["pointerdown", "focusin", "click"]) window.addEventListener(name, fill, true);
})();
