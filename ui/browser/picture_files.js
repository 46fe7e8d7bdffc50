// A chart or a drawing is taken away as a picture: what stands on the page, on its ground, as .svg or as .png.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const SCALE = 2; // pixels of a .png for one of the screen: sharp on paper

  const MARGIN = 12, LEAST_WIDTH = 420; // pixels; chosen: a title fits above a small drawing
  const LONGEST_NAME = 40; // characters of a title in the name of a file; chosen

  const isPainted = (colour) => colour && !/^(transparent|rgba\(.*, 0\))$/.test(colour);

  const groundOf = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (isPainted(colour)) return colour;
    }
    return "#FFFFFF";
  };

  const shape = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [each, value] of Object.entries(attributes)) made.setAttribute(each, value);
    return made;
  };

  // Plotly draws in layers: the drawings lie above each other in their order.
  const chartDrawing = (chart) => {
    const { width, height } = chart.getBoundingClientRect();
    const whole = shape("svg", { width: Math.round(width), height: Math.round(height) });
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

  // What is drawn in HTML becomes what it shows: grounds, frames, lines of text. Word and Inkscape show no HTML in an .svg.
  const boxDrawing = (part) => {
    const frame = part.getBoundingClientRect();
    const whole = shape("svg", { width: Math.ceil(frame.width), height: Math.ceil(frame.height) });
    const at = (box) => ({ x: (box.x - frame.x).toFixed(1), y: (box.y - frame.y).toFixed(1), width: box.width.toFixed(1), height: box.height.toFixed(1) });

    const drawBox = (style, box) => {
      const isHatched = style.backgroundImage !== "none";
      const frameColour = /inset/.test(style.boxShadow) && /rgba?\([^)]*\)/.exec(style.boxShadow)?.[0];
      if (isPainted(style.backgroundColor) || isHatched || frameColour) {
        const fill = isHatched ? "#B4BCC5" : isPainted(style.backgroundColor) ? style.backgroundColor : "none";
        whole.append(shape("rect", { ...at(box), rx: parseFloat(style.borderRadius) || 0, fill, stroke: frameColour || "none" }));
      }
      for (const [side, x, y, width, height] of [["Top", 0, 0, 1, 0], ["Bottom", 0, 1, 1, 0], ["Left", 0, 0, 0, 1], ["Right", 1, 0, 0, 1]]) {
        const thick = parseFloat(style[`border${side}Width`]);
        if (!thick || style[`border${side}Style`] === "none" || !isPainted(style[`border${side}Color`])) continue;
        const [x1, y1] = [box.x - frame.x + x * box.width, box.y - frame.y + y * box.height];
        const line = { x1, y1, x2: x1 + width * box.width, y2: y1 + height * box.height, stroke: style[`border${side}Color`], "stroke-width": thick };
        whole.append(shape("line", style[`border${side}Style`] === "dashed" ? { ...line, "stroke-dasharray": "3 2" } : line));
      }
    };

    const linesOf = (text) => {
      const lines = [], range = document.createRange();
      for (let place = 0; place < text.length; place += 1) {
        range.setStart(text, place);
        range.setEnd(text, place + 1);
        const box = [...range.getClientRects()].at(-1);
        if (!box?.width) continue;
        const line = lines.at(-1);
        if (line && Math.abs(line.y - box.y) < box.height / 2) line.words += text.data[place];
        else lines.push({ words: text.data[place], x: box.x, y: box.y, height: box.height });
      }
      return lines;
    };

    const drawText = (text, style, clip) => {
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = style.font;
      const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText("国");
      for (const line of linesOf(text)) {
        if (clip && (line.x < clip.left - 1 || line.y > clip.bottom || line.x + pen.measureText(line.words).width > clip.right + 1)) continue;
        const y = line.y - frame.y + (line.height - up - down) / 2 + up;
        const look = { "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight, fill: style.color };
        const made = shape("text", { x: (line.x - frame.x).toFixed(1), y: y.toFixed(1), ...look });
        made.textContent = line.words.replace(/\s/g, " ").trimEnd();
        whole.append(made);
      }
    };

    const drawPicture = (node, box) => {
      const place = at(box);
      if (node.localName === "img") return whole.append(shape("image", { ...place, href: node.src }));
      const copy = mapDrawing(node);
      for (const [name, value] of Object.entries(place)) copy.setAttribute(name, value);
      whole.append(copy);
    };

    const draw = (node, clip) => {
      const style = getComputedStyle(node), box = node.getBoundingClientRect();
      if (style.display === "none" || style.visibility === "hidden" || node.matches(".fl-screen")) return;
      if (node.matches("img, svg")) return drawPicture(node, box);
      if (box.width || box.height) drawBox(style, box);
      const within = style.overflowX === "hidden" && box.width ? box : clip;
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) drawText(child, style, within);
        else if (child.nodeType === Node.ELEMENT_NODE) draw(child, within);
      }
    };
    draw(part, null);
    return whole;
  };

  const drawingOf = (place) => {
    if (place.matches("figure")) return boxDrawing(place);
    const chart = place.querySelector(".js-plotly-plot");
    if (chart) return chartDrawing(chart);
    const map = [...place.querySelectorAll("svg.fl-map")].find((each) => each.getBoundingClientRect().width);
    return map ? mapDrawing(map) : null;
  };

  const wordsOf = (node) => node.textContent.replace(/[▸▾\u2060]/g, "").replace(/[\s\u00a0]+/g, " ").replace(/\u2011/g, "-").trim();

  // What the picture is of is the heading above it; whose it is, the lines at the head of the page.
  const saidOf = (place) => {
    const isAbove = (node) => node.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING;
    const headings = [...document.querySelectorAll("[data-testid=stMain] :is(h1, h2, h3)")].filter(isAbove);
    const own = place.getAttribute("aria-label") ?? (headings.length ? wordsOf(headings.at(-1)) : "");
    const titles = [...new Set([own, ...headings.slice(0, 1).map(wordsOf)])].filter(Boolean);
    const source = [...document.querySelectorAll("[data-source]")].map(wordsOf).filter(Boolean);
    return { titles, source };
  };

  const fittingLines = (words, font, width) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const lines = [""];
    for (const piece of words.split(/(?<=[\s，。、；·：])|(?=[\u4e00-\u9fff])/)) {
      if (lines.at(-1) && pen.measureText(lines.at(-1) + piece).width > width) lines.push("");
      lines[lines.length - 1] += piece;
    }
    return lines;
  };

  // A picture goes out with its title, its day, its batches and the mark of sample rows drawn above it.
  const signed = (drawing, place, { titles, source }) => {
    const [wide, tall] = ["width", "height"].map((side) => Math.ceil(parseFloat(drawing.getAttribute(side))));
    const width = Math.max(wide, LEAST_WIDTH) + 2 * MARGIN, style = getComputedStyle(place);
    const whole = shape("svg", { xmlns: SVG, width });
    const back = shape("rect", { width: "100%", height: "100%", fill: groundOf(place) });
    whole.append(back);
    let y = MARGIN;
    for (const [said, size, weight] of [...titles.map((title, at) => [title, at ? 13 : 17, at ? 400 : 600]), [source.join(" · "), 12, 400]]) {
      for (const line of said ? fittingLines(said, `${weight} ${size}px ${style.fontFamily}`, width - 2 * MARGIN) : []) {
        y += size * 1.4;
        const made = shape("text", { x: MARGIN, y: y.toFixed(1), "font-family": style.fontFamily, "font-size": size, "font-weight": weight, fill: style.color });
        made.textContent = line;
        whole.append(made);
      }
    }
    const height = Math.ceil(y + tall) + 2 * MARGIN;
    drawing.setAttribute("x", MARGIN);
    drawing.setAttribute("y", Math.ceil(y + MARGIN));
    whole.append(drawing);
    whole.setAttribute("height", height);
    whole.setAttribute("viewBox", `0 0 ${width} ${height}`);
    return whole;
  };

  const fileName = ({ titles, source }, ending) => {
    const day = source.join(" ").match(/\d{4}-\d\d-\d\d/g)?.at(-1) ?? "";
    const mark = document.querySelector(".fl-head .fl-badge")?.textContent ?? "";
    const parts = [(titles[0] ?? "").slice(0, LONGEST_NAME), day, mark].filter(Boolean);
    return `${parts.join("_").replace(/[\\/:*?"<>|\s]+/g, " ").trim()}${ending}`;
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
      const place = link.closest("figure") ?? document.querySelector(`.st-key-${CSS.escape(link.dataset.pictureOf)}`);
      const drawing = place && drawingOf(place);
      if (!drawing) return;
      const said = saidOf(place), whole = signed(drawing, place, said);
      const written = new XMLSerializer().serializeToString(whole);
      const ending = link.getAttribute("download").slice(-4);
      if (ending === ".svg") return save(new Blob([written], { type: "image/svg+xml" }), fileName(said, ending));
      save(await pngOf(whole, written), fileName(said, ending));
    },
    true,
  );
})();
