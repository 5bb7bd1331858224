// In the head, so that a dark page never flashes white. Without a choice of the reader's the system decides.
(function () {
  "use strict";
  let chosen = null;
  try { chosen = localStorage.getItem("cxrnb-theme"); } catch (e) { /* pages from file:// may have no storage */ }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
})();
