// A page is printed on the paper that its address names: the size of the sheet, and the button that opens the dialog.
(() => {
  "use strict";
  const sheet = document.createElement("style");

  const setPaper = () => {
    const paper = document.querySelector("[data-paper]")?.dataset.paper ?? "";
    const wanted = paper ? `@page{size:${paper}}` : "";
    if (sheet.textContent !== wanted) sheet.textContent = wanted;
    if (!sheet.isConnected) document.head.append(sheet);
  };

  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest?.("a[data-prints]")) return;
      event.preventDefault();
      event.stopPropagation();
      window.print();
    },
    true,
  );

  new MutationObserver(setPaper).observe(document.documentElement, { childList: true, subtree: true });
})();
