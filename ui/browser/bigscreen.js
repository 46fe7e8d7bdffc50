// The big screen turns through the lines of work by itself; a touch stops it, arrow keys turn it.
(() => {
  "use strict";
  const SECONDS_A_SLIDE = 20;
  const SECONDS_OF_REST = 300; // after which a screen that somebody stopped goes on: nobody has to come back for that
  const root = document.documentElement;
  let turnedAt = Date.now();
  let stoppedAt = 0;

  const slides = () => document.querySelectorAll(".fl-wall .fl-slide").length;

  const turn = (by) => {
    const count = slides();
    root.dataset.slide = (Number(root.dataset.slide ?? 0) + by + count) % count;
    turnedAt = Date.now();
  };

  const stop = () => {
    stoppedAt = Date.now();
    root.dataset.stopped = "1";
  };

  const goOn = () => {
    stoppedAt = 0;
    turnedAt = Date.now();
    delete root.dataset.stopped;
  };

  setInterval(() => {
    if (!slides()) {
      delete root.dataset.slide;
      goOn();
    } else if (stoppedAt) {
      if (Date.now() - stoppedAt > SECONDS_OF_REST * 1000) goOn();
    } else if (Date.now() - turnedAt >= SECONDS_A_SLIDE * 1000) turn(1);
  }, 1000);

  const KEYS = {
    ArrowRight: () => (stop(), turn(1)),
    ArrowLeft: () => (stop(), turn(-1)),
    " ": () => (stoppedAt ? goOn() : stop()),
    Escape: () => document.querySelector(".fl-wall-exit").click(),
  };

  document.addEventListener("keydown", (event) => {
    if (!slides() || !(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest?.(".fl-wall") || event.target.closest("a")) return;
    if (stoppedAt) goOn();
    else stop();
  });
})();
