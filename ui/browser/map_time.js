// The map through time: a slider, and play, show each object of a drawing as it stood in a month.
(() => {
  "use strict";
  const players = new WeakMap(); // of each map that plays, its timer
  const prefersStill = matchMedia("(prefers-reduced-motion: reduce)");
  const STILL_SECONDS = 1; // a frame, for who wants no motion
  const mapOf = (control) => control?.closest?.("[data-map-time]");
  const slider = (map) => map.querySelector("input[type=range]");
  const button = (map) => map.querySelector("button[data-play]");

  const framesOf = (map) => (map.frames ??= JSON.parse(map.dataset.mapTime));

  const standingAt = (steps, frame) => steps?.findLast(([since]) => since <= frame)?.[1];

  const show = (map, frame) => {
    const { months, said, objects } = framesOf(map);
    for (const drawn of map.querySelectorAll("[data-of]")) {
      const isShown = standingAt(objects[drawn.dataset.of], frame) === drawn.dataset.standing;
      if (isShown) drawn.removeAttribute("display");
      else drawn.setAttribute("display", "none");
    }
    slider(map).value = frame;
    slider(map).setAttribute("aria-valuetext", said[frame]);
    map.querySelector("output").textContent = months[frame];
    map.querySelector(".fl-time-said").textContent = said[frame];
  };

  const pause = (map) => {
    clearInterval(players.get(map));
    players.delete(map);
    button(map).textContent = button(map).dataset.play;
    map.querySelector(".fl-time-said").setAttribute("aria-live", "polite");
  };

  const play = (map) => {
    const { months, seconds } = framesOf(map);
    const last = months.length - 1;
    const wait = prefersStill.matches ? STILL_SECONDS : seconds / Math.max(1, last);
    map.querySelector(".fl-time-said").setAttribute("aria-live", "off"); // too fast to be read out: the end is
    button(map).textContent = button(map).dataset.pause;
    if (Number(slider(map).value) >= last) show(map, 0);
    const step = () => {
      if (!map.isConnected) return pause(map);
      const next = Number(slider(map).value) + 1;
      if (next >= last) pause(map);
      return show(map, Math.min(next, last));
    };
    players.set(map, setInterval(step, wait * 1000));
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-map-time] button[data-play]");
    const map = mapOf(pressed);
    if (map) (players.has(map) ? pause : play)(map);
  });

  document.addEventListener("input", (event) => {
    const map = event.target.matches?.("input[type=range]") && mapOf(event.target);
    if (!map) return;
    if (players.has(map)) pause(map);
    show(map, Number(event.target.value));
  });
})();
