// How the page finds its parts in the one file that holds them: see single.rs, which fills
// in the names in capitals. A page opened from disk may fetch nothing, so each part stands
// in the file, packed, and is handed out wherever the page would fetch it.
const single = (() => {
  const NAMES = PART_NAMES;
  const TYPES = { wasm: "application/wasm", json: "application/json", js: "text/javascript" };
  const parsed = new Promise((done) => document.addEventListener("DOMContentLoaded", done));
  const opened = new Map();

  const unpack = async (name) => {
    await parsed;
    const packed = atob(document.querySelector(`script[data-part="${name}"]`).textContent);
    const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const contents = await new Response(stream).arrayBuffer();
    return new Blob([contents], { type: TYPES[name.split(".").pop()] });
  };
  const part = (name) => {
    if (!opened.has(name)) opened.set(name, unpack(name));
    return opened.get(name);
  };
  const named = (address) => {
    const bare = String(address?.url ?? address).split(/[?#]/)[0];
    return NAMES.find((name) => `/${bare}`.endsWith(`/${name}`));
  };
  const answer = async (blob) => new Response(blob, { headers: { "content-type": blob.type } });

  const fetched = window.fetch;
  window.fetch = async (address, options) => {
    const name = named(address);
    return name ? answer(await part(name)) : fetched(address, options);
  };

  const script = part("SCRIPT").then((blob) => URL.createObjectURL(blob));

  // A worker is handed the parts before anything else is said to it.
  const within = `
    addEventListener("message", async function first(event) {
      if (!event.data?.parts) return;
      removeEventListener("message", first);
      event.stopImmediatePropagation();
      const { parts, script } = event.data;
      globalThis.fetch = async (address) => {
        const name = String(address.url ?? address).split("/").pop();
        const blob = parts.get(name);
        if (!blob) throw new TypeError("This file holds no " + name);
        return new Response(blob, { headers: { "content-type": blob.type } });
      };
      const page = await import(script);
      await page.default({ module_or_path: fetch("MODULE") });
    });`;
  const Plain = window.Worker;
  const source = URL.createObjectURL(new Blob([within], { type: "text/javascript" }));
  window.Worker = class extends Plain {
    constructor(address, options) {
      const ours = String(address).endsWith("worker.js");
      super(ours ? source : address, options);
      if (!ours) return;
      const modules = NAMES.filter((name) => name.endsWith(".wasm"));
      Promise.all([script, ...modules.map(part)]).then(([script, ...blobs]) => {
        const parts = new Map(modules.map((name, i) => [name, blobs[i]]));
        this.postMessage({ parts, script });
      });
    }
  };
  return { script };
})();
