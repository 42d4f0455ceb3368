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

  // A worker is handed the parts before anything else is said to it.
  const within = `;
    addEventListener("message", async function first(event) {
      if (!event.data?.parts) return;
      removeEventListener("message", first);
      event.stopImmediatePropagation();
      const { parts } = event.data;
      globalThis.fetch = async (address) => {
        const name = String(address.url ?? address).split("/").pop();
        const blob = parts.get(name);
        if (!blob) throw new TypeError("This file holds no " + name);
        return new Response(blob, { headers: { "content-type": blob.type } });
      };
      await computeLoopPage.default({ module_or_path: fetch("MODULE") });
    });`;

  // From disk, browsers refuse modules that a script asks for: this one is no module.
  // Nor may a worker ask for any, so what it runs is all in its first.
  let source;
  const script = async () => {
    const blob = await part("SCRIPT");
    source = URL.createObjectURL(new Blob([blob, within], { type: blob.type }));
    const element = document.createElement("script");
    element.src = URL.createObjectURL(blob);
    await new Promise((done, failed) => {
      element.onload = done;
      element.onerror = () => failed(new Error("The script did not run"));
      document.head.append(element);
    });
    return computeLoopPage;
  };

  // Where there are none the page goes on without.
  const Plain = window.Worker;
  if (Plain) window.Worker = class extends Plain {
    constructor(address, options) {
      const ours = String(address).endsWith("worker.js");
      super(ours ? source : address, ours ? {} : options);
      if (!ours) return;
      const modules = NAMES.filter((name) => /\.(wasm|bin)$/.test(name));
      Promise.all(modules.map(part)).then((blobs) => {
        this.postMessage({ parts: new Map(modules.map((name, i) => [name, blobs[i]])) });
      });
    }
  };
  return { script };
})();
