// One figure with its sliders: every frame is in the page, so it moves without a kernel, in a saved
// page too. NAME and DATA are filled in by player.py.
(function () {
  const data = DATA;

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
