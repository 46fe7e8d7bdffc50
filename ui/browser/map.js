// The map that moves takes the place of its drawing once it is drawn.
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
})();
