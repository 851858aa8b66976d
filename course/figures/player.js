// One figure with its sliders: every frame is in the page, so it moves without a kernel, in a saved
// page too. NAME and DATA are filled in by player.py.
(function () {
  const data = DATA;
  const KEYS = ["Arrow", "Page", "Home", "End"];  // how the names of a slider's own keys begin

  function start(figure) {
    const image = figure.querySelector("img");
    const ranges = Array.from(figure.querySelectorAll("input"));
    const button = figure.querySelector("button");
    let timer = null;

    function redraw() {
      let place = 0;
      ranges.forEach(function (range, k) {
        const text = data.values[k][range.value];
        place = place * data.values[k].length + Number(range.value);
        range.nextElementSibling.textContent = text;
        range.setAttribute("aria-valuetext", text);
      });
      image.src = "data:image/png;base64," + data.frames[place];
      image.alt = data.alts[place];
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      button.textContent = "Play";
    }

    function step() {
      const range = ranges[0];
      if (range.value === range.max || !figure.isConnected) { return stop(); }
      range.value = Number(range.value) + 1;
      redraw();
    }

    // A notebook would take an arrow for itself and go to the next cell. Notebook 7 does so on the
    // key's way down to the slider, at the document: only the window is asked before.
    function keep(event) {
      if (!figure.isConnected) { return window.removeEventListener("keydown", keep, true); }
      const own = KEYS.some(function (key) { return event.key.startsWith(key); });
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (own && plain && ranges.includes(event.target)) { event.stopPropagation(); }
    }

    window.addEventListener("keydown", keep, true);
    ranges.forEach(function (range) { range.addEventListener("input", redraw); });
    if (button) {
      button.addEventListener("click", function () {
        if (timer !== null) { return stop(); }
        if (ranges[0].value === ranges[0].max) { ranges[0].value = 0; redraw(); }
        button.textContent = "Stop";
        timer = setInterval(step, 250);
      });
    }
    figure.querySelector(".controls").hidden = false;
  }

  // A notebook may run the script before it has put the figure into the page.
  function find(tries) {
    const figure = document.getElementById("NAME");
    if (figure) { start(figure); } else if (tries) { setTimeout(find, 100, tries - 1); }
  }
  find(50);
})();
