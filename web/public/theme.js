// Sets the theme before the first paint. Kept apart from the bundle so that the page needs no inline script.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem("greenroom.theme");
  } catch (_) {
    // Storage may be forbidden; the system's theme is then used.
  }
  var dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
