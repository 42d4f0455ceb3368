// Narrows the document's policy to the folder that it stands in, which no build knows: see
// `policy` in document.rs. Before anything is asked for by a script.
(() => {
  const home = new URL(".", location.href).href.replace(/[;,]/g, encodeURIComponent);
  const own = document.createElement("meta");
  own.httpEquiv = "Content-Security-Policy";
  own.content =
    `default-src 'none'; script-src ${home} 'wasm-unsafe-eval'; style-src STYLE; style-src-attr 'unsafe-inline'; ` +
    `img-src ${home} data: blob:; connect-src ${home}; worker-src ${home}; manifest-src ${home}`;
  document.head.append(own);
})();
