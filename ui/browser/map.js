// The map that moves: it takes the place of its drawing once it is drawn; one finger scrolls the page, two move the map.
(() => {
  "use strict";
  const canvas = () => document.querySelector(".stDeckGlJsonChart canvas");

  // What WebGL has drawn can be read within the frame alone, so the look is taken after the frame's own callbacks.
  const isDrawn = (drawn) => {
    const look = new OffscreenCanvas(8, 8).getContext("2d");
    look.drawImage(drawn, 0, 0, 8, 8);
    return look.getImageData(0, 0, 8, 8).data.some(Boolean);
  };

  const watch = () => {
    const found = canvas();
    if (!found) return document.documentElement.classList.remove("fl-map-moves");
    if (found.width && isDrawn(found)) return document.documentElement.classList.add("fl-map-moves");
    requestAnimationFrame(watch);
  };

  let seen = null;
  new MutationObserver(() => {
    if (canvas() === seen) return;
    seen = canvas();
    watch();
  }).observe(document.documentElement, { childList: true, subtree: true });

  const isOnMap = (event) => event.target.closest?.(".stDeckGlJsonChart");
  const fingers = new Set();

  document.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "touch" && isOnMap(event)) fingers.add(event.pointerId);
    },
    true,
  );
  for (const end of ["pointerup", "pointercancel"])
    document.addEventListener(end, (event) => fingers.delete(event.pointerId), true);

  // A single finger that moves never reaches the map; where two do, the browser must not scroll the page with them.
  document.addEventListener(
    "pointermove",
    (event) => {
      if (fingers.size === 1 && fingers.has(event.pointerId)) event.stopPropagation();
    },
    true,
  );
  document.addEventListener(
    "touchstart",
    (event) => {
      if (event.touches.length > 1 && isOnMap(event)) event.preventDefault();
    },
    { capture: true, passive: false },
  );

  document.addEventListener("click", (event) => {
    const code = event.target.closest?.("[data-map-key]")?.dataset.mapKey;
    if (code) document.querySelector(".deck-events-root")?.dispatchEvent(new KeyboardEvent("keydown", { code }));
  });
})();
