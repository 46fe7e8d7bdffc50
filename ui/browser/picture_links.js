// A picture whose parts are links: Streamlit takes drawings out of HTML, so it comes as an image and is set in here.
(() => {
  "use strict";
  const ELEMENTS = new Set("svg g a title style text polygon polyline line circle rect".split(" "));

  const isOwnLink = (address) => {
    const url = new URL(address, document.baseURI);
    return url.origin === location.origin && url.protocol.startsWith("http");
  };

  const isDrawing = (node) =>
    ELEMENTS.has(node.localName) &&
    [...node.attributes].every(({ name, value }) => !name.startsWith("on") && (!name.endsWith("href") || isOwnLink(value)));

  const drawingOf = (image) => {
    const written = decodeURIComponent(image.src.slice(image.src.indexOf(",") + 1));
    const drawing = new DOMParser().parseFromString(written, "image/svg+xml").documentElement;
    return [drawing, ...drawing.querySelectorAll("*")].every(isDrawing) ? document.adoptNode(drawing) : null;
  };

  const setIn = (image) => {
    const drawing = drawingOf(image);
    if (drawing) image.replaceWith(drawing);
    else image.removeAttribute("data-links");
  };

  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node.nodeType === Node.ELEMENT_NODE) {
          if (node.matches("img[data-links]")) setIn(node);
          else node.querySelectorAll("img[data-links]").forEach(setIn);
        }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
