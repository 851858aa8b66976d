// What is wider than its place can be scrolled with the keyboard too.
(function () {
  function reach() {
    document.querySelectorAll("pre, .formula, .table-wrapper, .cell_output .output").forEach(function (each) {
      if (each.scrollWidth > each.clientWidth) { each.tabIndex = 0; } else { each.removeAttribute("tabindex"); }
    });
  }
  window.addEventListener("load", reach);
  window.addEventListener("resize", reach);
})();
