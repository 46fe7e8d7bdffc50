// Links of the pages open without loading the page anew; the day to type, the lists to choose from.
(() => {
  "use strict";
  const CARRIED = ["lang", "as_of", "after_batch"];
  const isPhone = matchMedia("(max-width: 768px)"); // as Streamlit has it: there the menu lies over the page

  // Streamlit would look for its server below the page first, and leave a 404 on the console for each look.
  if (location.pathname.split("/").length === 2) window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };

  // Without WebGL no map that moves can be drawn: the server is told by a cookie, and sends its picture alone.
  const told = document.cookie.match(/(?:^|; )frontline_webgl=(\w+)/)?.[1];
  const looksFor = { failIfMajorPerformanceCaveat: true };
  const hasWebgl = told ? told === "yes" : Boolean(document.createElement("canvas").getContext("webgl2", looksFor));
  if (!told) document.cookie = `frontline_webgl=${hasWebgl ? "yes" : "no"}; path=/; SameSite=Lax; max-age=86400`;
  if (!hasWebgl) document.documentElement.classList.add("no-webgl");

  const push = history.pushState.bind(history);

  // A step is what the reader does. What Streamlit writes into the address afterwards is none: Back takes one press, also
  // where he goes on before a page has come.
  history.pushState = (state, title, url) => history.replaceState(state, title, url);

  // What is unfolded, or at the side, is no view of its own: the page stays where it stands.
  const view = (url) => {
    const choices = new URLSearchParams(url.search);
    choices.delete("open");
    choices.delete("figure");
    return `${url.pathname}?${choices}`;
  };

  // An address without a language is in that of the session: Back from the other language must find the old one.
  const keepLanguage = (url) => {
    const shown = state()?.dataset.language;
    const here = new URL(location.href);
    if (!shown || here.searchParams.has("lang") || (url.searchParams.get("lang") ?? shown) === shown) return;
    here.searchParams.set("lang", shown);
    history.replaceState(history.state, "", here);
  };

  const open = (url, keepsPlace = false) => {
    keepLanguage(url);
    const isOtherView = view(url) !== view(location);
    if (url.href !== location.href) push({}, "", url);
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (isOtherView && !keepsPlace) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  };

  const state = () => document.getElementById("frontline-state");
  const dayField = () => document.querySelector("[data-day]");

  const parseDay = (written) => {
    const typed = written.normalize("NFKC").trim(); // an input method for Chinese may write full-width digits
    const parted = /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/;
    const found = typed.match(/^(\d{4})(\d\d)(\d\d)$/) ?? typed.match(parted);
    if (!found) return null;
    const [year, month, day] = found.slice(1).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
  };

  const withTypedDay = (url) => {
    const field = dayField();
    const day = field && field.value !== field.defaultValue && parseDay(field.value);
    if (day) url.searchParams.set("as_of", day);
    return url;
  };

  const withCarried = (url) => {
    const here = new URLSearchParams(location.search);
    for (const name of CARRIED) if (here.has(name) && !url.searchParams.has(name)) url.searchParams.set(name, here.get(name));
    return url;
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (link.target === "_blank" || link.hasAttribute("download")) return;
      const isMenu = link.matches("[data-testid=stSidebarNavLink]");
      if (!isMenu && !link.closest("[data-testid=stHtml]")) return;
      const url = new URL(link.getAttribute("href"), document.baseURI); // a link of a drawing has no href that is text
      if (url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
      event.preventDefault();
      event.stopPropagation();
      open(isMenu ? withTypedDay(withCarried(url)) : withTypedDay(url), link.hasAttribute("data-keeps-place"));
      if (isMenu && isPhone.matches) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
    },
    true,
  );

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("select[data-opens]")) open(new URL(event.target.value, location.href), true);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.("[data-day]")) return;
    const day = parseDay(event.target.value);
    const hint = document.querySelector("[data-day-hint]");
    if (event.target.value.trim() && !day) {
      hint.textContent = hint.dataset.wrong;
      hint.classList.add("fl-wrong");
      return;
    }
    const url = new URL(location.href);
    if (day) url.searchParams.set("as_of", day);
    else url.searchParams.delete("as_of");
    open(url);
  });

  const otherMonth = (month, by) => {
    const [year, number] = month.split("-").map(Number);
    return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
  };

  const part = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  const dayLink = (day, box, news) => {
    const url = new URL(location.href);
    url.searchParams.set("as_of", day);
    const look = [news.has(day) && "fl-news", day === box.dataset.chosen && "fl-chosen"].filter(Boolean).join(" ");
    return part("a", String(Number(day.slice(8))), { href: url.search, class: look });
  };

  const drawMonth = async (box) => {
    const month = box.dataset.month;
    if (!month) return;
    const answer = await fetch(`api/news-days?month=${month}`).catch(() => null);
    const news = new Set(answer?.ok ? await answer.json() : []);
    if (box.dataset.month !== month) return; // turned on meanwhile
    const [year, number] = month.split("-").map(Number);
    const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
    const before = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
    const turn = (text, by) => {
      const button = part("button", text, { type: "button", "aria-label": otherMonth(month, by) });
      button.addEventListener("click", () => {
        box.dataset.month = otherMonth(box.dataset.month, by);
        drawMonth(box);
      });
      return button;
    };
    const grid = part("div", "", { class: "fl-days" });
    for (let blank = 0; blank < before; blank += 1) grid.append(part("span", ""));
    for (let day = 1; day <= days; day += 1) grid.append(dayLink(`${month}-${String(day).padStart(2, "0")}`, box, news));
    box.replaceChildren(turn("‹", -1), part("b", month), turn("›", 1), grid);
  };

  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.("details.fl-day[open]")) {
        drawMonth(event.target.querySelector(".fl-month"));
        dayField().focus();
      }
    },
    true,
  );

  // Escape, and a click elsewhere, close the choice of the day; Escape leaves the focus where it was opened.
  const openDay = () => document.querySelector("details.fl-day[open]");

  document.addEventListener("keydown", (event) => {
    const control = event.key === "Escape" && openDay();
    if (!control) return;
    control.open = false;
    control.querySelector("summary").focus();
  });

  document.addEventListener("pointerdown", (event) => {
    const control = openDay();
    if (control && !control.contains(event.target)) control.open = false;
  });

  // Files that wait for 提交 are gone with the page.
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("[data-waiting-files]")) event.preventDefault();
  });

  // A chart keeps the width of the screen on paper: it is made smaller, so that its axis stays whole.
  const PAPER_WIDTHS = { A4: 690, A3: 1010 };
  const paperWidth = () => PAPER_WIDTHS[document.querySelector("[data-paper]")?.dataset.paper ?? "A4"];
  const charts = () => document.querySelectorAll("[data-testid=stPlotlyChart]");
  window.addEventListener("beforeprint", () => {
    for (const chart of charts()) chart.style.zoom = Math.min(1, paperWidth() / chart.offsetWidth);
  });
  window.addEventListener("afterprint", () => {
    for (const chart of charts()) chart.style.zoom = "";
  });
})();
