// An upload that the server refuses says why where everybody sees it; Streamlit shows a number in a hint.
(() => {
  "use strict";
  const UPLOAD = /\/_stcore\/upload_file\//;
  const SHOWN_SECONDS = 20;
  const REFUSED = [413, 507];

  const tell = (sentences) => {
    const [chinese, english] = sentences.trim().split("\n");
    const note = document.createElement("div");
    note.className = "fl-upload-refused";
    note.setAttribute("role", "alert");
    note.textContent = document.documentElement.lang.startsWith("zh") ? chinese : english ?? chinese;
    document.querySelectorAll(".fl-upload-refused").forEach((earlier) => earlier.remove());
    document.body.append(note);
    setTimeout(() => note.remove(), SHOWN_SECONDS * 1000);
  };

  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (method.toUpperCase() === "PUT" && UPLOAD.test(url))
      this.addEventListener("load", () => REFUSED.includes(this.status) && tell(this.responseText));
    return open.call(this, method, url, ...rest);
  };
})();
