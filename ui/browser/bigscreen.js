// The big screen turns through the lines of work by itself. A touch stops it for a while; arrow keys and the space bar
// are those of a meeting: what somebody turned to stays until somebody lets it go on.
(() => {
  "use strict";
  const SECONDS_A_SLIDE = 20;
  const SECONDS_OF_REST = 300; // after which a screen that was touched in passing goes on: nobody comes back for that
  const KEPT = "frontline-wall"; // a meeting outlasts the server: the screen begins anew when that comes back
  const root = document.documentElement;
  let turnedAt = Date.now();
  let stoppedAt = 0;

  const slides = () => document.querySelectorAll(".fl-wall .fl-slide").length;

  const keep = () => sessionStorage.setItem(KEPT, JSON.stringify({ slide: root.dataset.slide, stopped: root.dataset.stopped }));

  const turn = (by) => {
    const count = slides();
    root.dataset.slide = (Number(root.dataset.slide ?? 0) + by + count) % count;
    turnedAt = Date.now();
    keep();
  };

  const stop = (why) => {
    stoppedAt = Date.now();
    root.dataset.stopped = why;
    keep();
  };

  const goOn = () => {
    stoppedAt = 0;
    turnedAt = Date.now();
    delete root.dataset.stopped;
    keep();
  };

  const isRested = () => root.dataset.stopped === "rest" && Date.now() - stoppedAt > SECONDS_OF_REST * 1000;

  const toggle = (why) => (stoppedAt ? goOn() : stop(why));

  const tellAge = (told) => {
    const { landed, oldDays, old, minutes, hours, days } = told.dataset;
    const passed = Math.max(0, Math.floor((Date.now() / 1000 - landed) / 60));
    const isOld = passed >= oldDays * 24 * 60;
    const [phrase, n] = passed < 60 ? [minutes, passed] : passed < 48 * 60 ? [hours, Math.floor(passed / 60)] : [days, Math.floor(passed / 60 / 24)];
    const said = (isOld ? `${old} · ` : "") + phrase.replace("{n}", n);
    if (told.textContent !== said) told.textContent = said;
    told.parentElement.classList.toggle("fl-old", isOld);
  };

  const restore = () => {
    const { slide, stopped } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    if (stopped !== "meeting") return;
    root.dataset.slide = slide ?? 0;
    stop(stopped);
  };

  setInterval(() => {
    document.querySelectorAll("[data-landed]").forEach(tellAge);
    if (!slides()) {
      if (!location.pathname.includes("overview-bigscreen")) {
        delete root.dataset.slide;
        goOn();
      }
    } else if (stoppedAt) {
      if (isRested()) goOn();
    } else if (Date.now() - turnedAt >= SECONDS_A_SLIDE * 1000) turn(1);
  }, 1000);
  restore();

  const KEYS = {
    ArrowRight: () => (stop("meeting"), turn(1)),
    ArrowLeft: () => (stop("meeting"), turn(-1)),
    " ": () => toggle("meeting"),
    Escape: () => document.querySelector(".fl-wall-exit").click(),
  };

  document.addEventListener("keydown", (event) => {
    if (!slides() || !(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest?.(".fl-wall") && !event.target.closest("a")) toggle("rest");
  });
})();
