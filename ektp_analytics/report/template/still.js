// Draw one chart after the other in the same place, each to be photographed.
(() => {
  "use strict";
  const FACES = ["400", "600", "700", "italic 400"].map((face) => `${face} 12px "Source Sans Pro"`);
  const locale = document.documentElement.lang === "id" ? "id" : "en-US";

  window.drawStill = async (figure) => {
    const place = document.getElementById("still");
    Plotly.purge(place);
    await Plotly.newPlot(place, figure.data, figure.layout, {
      locale, displayModeBar: false, responsive: false, staticPlot: true, showTips: false,
    });
  };

  Promise.all(FACES.map((face) => document.fonts.load(face))).then(
    () => { window.reportReady = {}; },
    (problem) => { window.reportReady = { error: String(problem && problem.message || problem) }; },
  );
})();
