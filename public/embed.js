// The Compute Loop in other pages. Gives its frames the height of what they show, and
// defines <compute-loop view="gigawatts" levers="arr-2026,gw-committed" theme="dark"
// chrome="none" seed="7" scenario="m=1&arr-2026=60" height="800">. What it takes and says is
// described in embed.md beside this file, which stands where the page does. A classic script
// that needs nothing and asks nobody.
(() => {
  "use strict";
  const NAME = "compute-loop";
  // Loaded twice, the first one stays.
  if (customElements.get(NAME)) return;

  const script = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
  const home = new URL(".", script?.src || document.baseURI).href;
  const PATIENCE = 20_000;
  const AGAIN = 250;
  const HIGHEST = 20_000;
  const QUERY = ["view", "levers", "lang", "theme", "chrome", "seed"];
  const elements = new Set();
  let asked = 0;

  const say = (frame, message) => frame.contentWindow?.postMessage(message, "*");

  /** Whether a frame shows this page: it has its address, or says so. */
  const ours = (frame) =>
    (frame.src.startsWith(home) && new URL(frame.src).searchParams.has("embed")) ||
    "computeLoop" in frame.dataset;

  const frames = () => [...document.querySelectorAll("iframe")].filter(ours);

  /** The frame that a message comes from; what other windows say is nothing to us. */
  const frameOf = (source) =>
    source && (frames().find((frame) => frame.contentWindow === source)
      ?? [...elements].map((one) => one.frame).find((frame) => frame?.contentWindow === source));

  const setHeight = (frame, height) => {
    if (!(height > 0 && height <= HIGHEST)) return;
    // Where the frame's own border counts into its height, it comes on top.
    const border = getComputedStyle(frame).boxSizing === "border-box"
      ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = `${Math.ceil(height) + Math.max(border, 0)}px`;
  };

  addEventListener("message", ({ data, source }) => {
    const kind = data && typeof data === "object" ? data.type : undefined;
    if (kind !== `${NAME}:height` && kind !== `${NAME}:outcome`) return;
    const frame = frameOf(source);
    if (!frame) return;
    const element = [...elements].find((one) => one.frame === frame);
    if (element) element.heard = true;
    if (kind === `${NAME}:height`) setHeight(frame, Number(data.height));
    else element?.hear(data);
  });

  class ComputeLoop extends HTMLElement {
    static observedAttributes = [...QUERY, "scenario"];
    #waiting = new Map();
    #clock;
    /** The frame inside, once the element stands in a page. */
    frame;
    /** Whether it has said anything yet. */
    heard = false;

    connectedCallback() {
      elements.add(this);
      if (this.frame) return;
      // Set by script, so that a host's strict policy on styles allows it.
      if (!this.style.display) this.style.display = "block";
      const frame = document.createElement("iframe");
      frame.loading = "lazy";
      frame.title = this.title || `The Compute Loop: ${this.getAttribute("view") || "headline"}`;
      const reserved = Number(this.getAttribute("height")) || 520;
      Object.assign(frame.style, { display: "block", width: "100%", border: "0", height: `${reserved}px` });
      frame.src = this.#address();
      this.frame = frame;
      this.append(frame);
    }

    disconnectedCallback() {
      elements.delete(this);
    }

    attributeChangedCallback(name, before, after) {
      // Without a step in the history of the page around.
      if (this.frame && before !== after) {
        const address = this.#address();
        if (this.heard) this.frame.contentWindow.location.replace(address);
        else this.frame.src = address;
      }
    }

    /** Sets a lever and gives the answer; fails where the value cannot be one. */
    set(lever, value) {
      return this.#ask({ type: `${NAME}:set`, lever, value });
    }

    /** Gives the outcome. */
    get() {
      return this.#ask({ type: `${NAME}:get` });
    }

    /** Takes an answer of the frame. */
    hear(outcome) {
      const answers = Array.isArray(outcome.asked) ? outcome.asked : [];
      for (const answer of answers) {
        const request = this.#waiting.get(answer.id);
        if (!request) continue;
        this.#waiting.delete(answer.id);
        if (answer.error) request.reject(new RangeError(answer.error));
        else request.resolve(outcome);
      }
      if (answers.length) this.dispatchEvent(new CustomEvent("outcome", { detail: outcome, bubbles: true }));
    }

    #address() {
      const address = new URL(home);
      address.searchParams.set("embed", "1");
      for (const name of QUERY) {
        if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
      }
      // Without a scenario it is live: whatever the page opens with, now and later.
      address.hash = this.getAttribute("scenario") ?? "";
      return address.href;
    }

    #ask(message) {
      if (!this.frame) return Promise.reject(new Error("The element stands in no page yet."));
      // Who asks does not wait for a reader to scroll here.
      this.frame.loading = "eager";
      const id = `${NAME}-${(asked += 1)}`;
      return new Promise((resolve, reject) => {
        const until = performance.now() + PATIENCE;
        this.#waiting.set(id, { message: { ...message, id }, resolve, reject, until });
        this.#send();
      });
    }

    /** Asks until there is an answer: the frame may still be loading. */
    #send() {
      clearTimeout(this.#clock);
      const now = performance.now();
      for (const [id, request] of this.#waiting) {
        if (now <= request.until) continue;
        this.#waiting.delete(id);
        request.reject(new Error("The frame has not answered."));
      }
      const requests = [...this.#waiting.values()];
      // All of them again, in order: of what sets the same lever the last has to come last.
      const again = requests.some(({ sent }) => now - sent >= AGAIN - 1);
      for (const request of requests) {
        if (request.sent !== undefined && !again) continue;
        request.sent = now;
        say(this.frame, request.message);
      }
      if (this.#waiting.size) this.#clock = setTimeout(() => this.#send(), AGAIN);
    }
  }

  customElements.define(NAME, ComputeLoop);

  // Frames that told their height before anyone listened tell it once more.
  for (const frame of frames()) say(frame, { type: `${NAME}:height` });
})();
