// A chart or a drawing is taken away as a picture: what stands on the page, on its ground, as .svg or as .png.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const SCALE = 2; // pixels of a .png for one of the screen: sharp on paper

  const groundOf = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (colour && !/^(transparent|rgba\(.*, 0\))$/.test(colour)) return colour;
    }
    return "#FFFFFF";
  };

  const wrapped = (width, height, ground) => {
    const whole = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) whole.setAttribute(name, value);
    const back = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: ground })) back.setAttribute(name, value);
    whole.append(back);
    return whole;
  };

  // Plotly draws in layers: the drawings lie above each other in their order.
  const chartDrawing = (chart) => {
    const { width, height } = chart.getBoundingClientRect();
    const whole = wrapped(Math.round(width), Math.round(height), groundOf(chart));
    for (const layer of chart.querySelectorAll("svg.main-svg")) {
      const copy = layer.cloneNode(true);
      copy.querySelectorAll(".hoverlayer, .nsewdrag, .drag").forEach((part) => part.remove());
      copy.style.background = "none";
      whole.append(copy);
    }
    return whole;
  };

  const mapDrawing = (map) => {
    const copy = map.cloneNode(true);
    copy.style.colorScheme = getComputedStyle(map).colorScheme;
    copy.querySelectorAll(".near-signs, .near").forEach((part) => part.remove());
    return copy;
  };

  const drawingOf = (place) => {
    const chart = place.querySelector(".js-plotly-plot");
    if (chart) return chartDrawing(chart);
    const map = [...place.querySelectorAll("svg.fl-map")].find((each) => each.getBoundingClientRect().width);
    return map ? mapDrawing(map) : null;
  };

  const save = (content, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  const pngOf = async (drawing, written) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = SCALE * Number(drawing.getAttribute("width"));
    canvas.height = SCALE * Number(drawing.getAttribute("height"));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  };

  document.addEventListener(
    "click",
    async (event) => {
      const link = event.target.closest?.("a[data-picture-of]");
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      const place = document.querySelector(`.st-key-${CSS.escape(link.dataset.pictureOf)}`);
      const drawing = place && drawingOf(place);
      if (!drawing) return;
      const written = new XMLSerializer().serializeToString(drawing);
      const name = link.getAttribute("download");
      if (name.endsWith(".svg")) return save(new Blob([written], { type: "image/svg+xml" }), name);
      save(await pngOf(drawing, written), name);
    },
    true,
  );
})();
