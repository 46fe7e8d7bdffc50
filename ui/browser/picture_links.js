// A picture whose parts are links: Streamlit takes drawings out of HTML, so it comes as an image and is set in here.
(() => {
  "use strict";
  const ELEMENTS = new Set("svg g a title style text path polygon line circle rect".split(" "));

  const isOwnAddress = (address) => {
    const url = new URL(address, document.baseURI);
    return url.origin === location.origin && url.protocol.startsWith("http");
  };

  const isDrawing = (node) =>
    ELEMENTS.has(node.localName) &&
    [...node.attributes].every(({ name, value }) => !name.startsWith("on") && (!name.endsWith("href") || isOwnAddress(value)));

  const drawingOf = (image) => {
    const written = decodeURIComponent(image.src.slice(image.src.indexOf(",") + 1));
    const drawing = new DOMParser().parseFromString(written, "image/svg+xml").documentElement;
    return [drawing, ...drawing.querySelectorAll("*")].every(isDrawing) ? document.adoptNode(drawing) : null;
  };

  // What lies a few pixels beside a sign or a line chooses it too, below all signs, so that a sign itself comes first.
  const near = (shape) => {
    const copy = shape.cloneNode();
    copy.removeAttribute("fill");
    copy.removeAttribute("stroke");
    copy.setAttribute("class", "near");
    return copy;
  };

  const addTolerance = (drawing) => {
    const titles = new Map();
    const nearSigns = drawing.querySelector(".near-signs");
    for (const sign of drawing.querySelectorAll("a[data-object]")) {
      const title = sign.querySelector("title");
      titles.set(sign.getAttribute("href"), title);
      const link = sign.cloneNode();
      for (const own of ["data-object", "aria-current"]) link.removeAttribute(own);
      link.setAttribute("tabindex", "-1");
      link.setAttribute("aria-hidden", "true");
      link.append(title.cloneNode(true), near(sign.querySelector(":not(title,.ring)")));
      nearSigns.append(link);
    }
    for (const link of drawing.querySelectorAll(".courses a, .names a")) {
      const title = titles.get(link.getAttribute("href"));
      if (title) link.prepend(title.cloneNode(true));
      const course = link.querySelector(".course");
      if (course) link.append(near(course));
    }
  };

  const addToleranceOfNames = (drawing) => {
    for (const name of drawing.querySelectorAll(".names a")) {
      const { x, y, width, height } = name.querySelector("text").getBBox();
      const box = document.createElementNS(drawing.namespaceURI, "rect");
      for (const [side, size] of Object.entries({ x, y, width, height })) box.setAttribute(side, size);
      box.setAttribute("class", "near");
      const link = name.cloneNode();
      link.append(...[...name.querySelectorAll("title")].map((title) => title.cloneNode(true)), box);
      drawing.querySelector(".near-signs").append(link);
    }
  };

  const setIn = (image) => {
    const drawing = drawingOf(image);
    if (!drawing) return image.removeAttribute("data-links");
    addTolerance(drawing);
    image.replaceWith(drawing);
    addToleranceOfNames(drawing); // how much room a name takes is known once it is drawn
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
