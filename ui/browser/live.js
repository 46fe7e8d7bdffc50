// A page left open: what somebody committed or undid is shown within seconds, where the page stands.
(() => {
  "use strict";
  const SECONDS_BETWEEN_LOOKS = 5;
  const LOOKS_BEFORE_RELOAD = 2; // a server that has only just come back may go again
  const OWN_COMMIT_MS = 1500; // in which a page that has just committed something itself has been drawn anew
  let looksSinceLoss = 0;

  const state = () => document.getElementById("frontline-state");
  const bar = () => document.querySelector(".fl-live");

  const KEPT_PARTS = ".stHtml details, .stHtml input[type=range]";
  const MS_UNTIL_DRAWN = 10000;

  // What was unfolded or moved to stands in no address: it is put back into what is drawn in the place of the old.
  const keepHandled = () => {
    const parts = [...document.querySelectorAll(KEPT_PARTS)];
    const known = new WeakSet(parts);
    const then = parts.map((part) => ({ open: part.open, value: part.value === part.max ? undefined : part.value }));
    const putBack = (part, place) => {
      if (known.has(part) || !then[place]) return;
      known.add(part);
      if (then[place].open) part.open = true;
      if (then[place].value === undefined) return;
      part.value = then[place].value;
      part.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const watch = new MutationObserver(() => document.querySelectorAll(KEPT_PARTS).forEach(putBack));
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), MS_UNTIL_DRAWN);
  };

  const showAnew = () => {
    keepHandled();
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  // A page with a form is not drawn anew by itself: what is typed there would be lost.
  const tellNews = (sign) => {
    if (bar()) return;
    const told = document.createElement("p");
    const button = document.createElement("button");
    told.className = "fl-live";
    told.setAttribute("role", "status");
    told.append(sign.dataset.news, " ", button);
    button.type = "button";
    button.textContent = sign.dataset.show;
    button.addEventListener("click", showAnew);
    document.body.append(told);
  };

  const isBusy = () => document.querySelector("details.fl-day[open]"); // a day that is being typed would be lost

  const takeNote = async (counter) => {
    if (state()?.dataset.counter === counter) return bar()?.remove();
    if (!state()?.dataset.news) return isBusy() || showAnew();
    await new Promise((done) => setTimeout(done, OWN_COMMIT_MS));
    if (state() && state().dataset.counter !== counter) tellNews(state());
  };

  // A big screen has nobody who would press a button: it says since when it hears nothing, and begins anew afterwards.
  const noteLoss = () => {
    looksSinceLoss = 0;
    const root = document.documentElement;
    root.dataset.lost ??= new Date().toTimeString().slice(0, 5);
    const badge = document.querySelector("[data-lost-badge]");
    if (badge) badge.textContent = `${badge.dataset.lostBadge} ${root.dataset.lost}`;
  };

  const noteReturn = () => {
    const root = document.documentElement;
    if (!root.dataset.lost) return;
    looksSinceLoss += 1;
    if (!document.querySelector(".fl-wall")) delete root.dataset.lost;
    else if (looksSinceLoss >= LOOKS_BEFORE_RELOAD) location.reload();
  };

  const look = async () => {
    const sign = state();
    if (!sign || document.hidden) return;
    const answer = await fetch("api/write-counter", { signal: AbortSignal.timeout?.(4000) }).catch(() => null);
    if (!answer?.ok) return noteLoss();
    const counter = String(await answer.json());
    noteReturn();
    if (state()?.dataset.counter === sign.dataset.counter) takeNote(counter); // else it was drawn anew meanwhile
  };

  setInterval(look, SECONDS_BETWEEN_LOOKS * 1000);
  document.addEventListener("visibilitychange", look);
})();
