// Pictures of charts with the report's own fonts: a picture made from an SVG sees no font of
// the page around it, so the fonts are written into the SVG before it is drawn.
(() => {
  "use strict";
  const fonts = document.getElementById("report-fonts").textContent;
  const FACES = ["400", "600", "700", "italic 400"].map((face) => `${face} 12px "Source Sans Pro"`);
  const loaded = Promise.all(FACES.map((face) => document.fonts.load(face)));
  const plain = Plotly.toImage.bind(Plotly);

  const drawn = (svg, width, height, scale) => new Promise((done, fail) => {
    const picture = new Image();
    const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml;charset=utf-8" }));
    picture.onerror = () => fail(new Error("the chart's SVG could not be drawn"));
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      done(canvas.toDataURL("image/png").split(",")[1]);
    };
    picture.src = address;
  });

  Plotly.toImage = async (figure, options) => {
    if (options.format !== "png") return plain(figure, options);
    await loaded; // plotly measures its words with them
    const local = { ...figure, config: { ...figure.config, locale: "id" } };
    const svg = await plain(local, { ...options, format: "svg", imageDataOnly: true });
    const dressed = svg.replace(/<svg\b[^>]*>/, (start) => `${start}<style>${fonts}</style>`);
    return drawn(dressed, options.width, options.height, options.scale || 1);
  };
})();
