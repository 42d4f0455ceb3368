// The script of the pages around. The address says what they hold:
//   at       where the built page is
//   frame    the query and fragment of an embed; may stand several times
//   width    how wide the column is, in CSS pixels
//   extra    how much higher than told the page makes its frames
//   script   "none" leaves embed.js out
// The element <html data-listens="…"> says how this page resizes its frames.
"use strict";
const asked = new URLSearchParams(location.search);
const at = asked.get("at");
const listens = document.documentElement.dataset.listens;
const extra = Number(asked.get("extra") ?? 0);

/** All that was said: by which frame, and what. */
const heard = [];
const frames = () => [...document.querySelectorAll("iframe")];
const speaker = (source) => frames().findIndex((frame) => frame.contentWindow === source);

/** What a frame said of a type. */
const said = (type, of = 0) =>
  heard.filter(({ from, data }) => from === of && data?.type === type).map(({ data }) => data);
const lastHeight = (of = 0) => said("compute-loop:height", of).at(-1)?.height;

const resize = {
  // Listens as amp-iframe does.
  amp({ data, source }) {
    if (data?.sentinel !== "amp" || data.type !== "embed-size") return;
    const frame = frames()[speaker(source)];
    if (frame) frame.style.height = `${data.height + extra}px`;
  },
  // Listens as pym.js does.
  pym({ data }) {
    const told = typeof data === "string" && /^pymxPYMx(\S+?)xPYMx(\S+)xPYMx(.*)$/.exec(data);
    if (told && told[2] === "height") {
      document.querySelector(`#${told[1]} iframe`).setAttribute("height", `${parseInt(told[3], 10)}px`);
    }
  },
  // embed.js does it.
  script() {},
};

addEventListener("message", (event) => {
  heard.push({ from: speaker(event.source), data: event.data });
  resize[listens](event);
});

const column = document.createElement("div");
column.id = "column";
column.style.width = asked.has("width") ? `${asked.get("width")}px` : "100%";
document.body.append(column);

asked.getAll("frame").forEach((query, i) => {
  const place = document.createElement("div");
  place.id = `place-${i}`;
  const frame = document.createElement("iframe");
  if (document.documentElement.dataset.sandbox) frame.sandbox = document.documentElement.dataset.sandbox;
  Object.assign(frame.style, { width: "100%", border: "0", display: "block" });
  if (listens === "pym") {
    const [before, hash] = query.split("#");
    query = `${before}&initialWidth=${place.clientWidth}&childId=${place.id}`
      + `&parentTitle=A%20page&parentUrl=${encodeURIComponent(location.href)}#${hash ?? ""}`;
  }
  frame.src = at + query;
  place.append(frame);
  column.append(place);
});

/** Loads embed.js, as often as one likes. */
const load = () => new Promise((loaded) => {
  const script = document.createElement("script");
  const policy = window.trustedTypes?.createPolicy("host", { createScriptURL: (address) => address });
  const address = `${at}embed.js`;
  script.src = policy ? policy.createScriptURL(address) : address;
  script.onload = loaded;
  document.head.append(script);
});
if (listens === "script" && asked.get("script") !== "none") load();

/** Sends messages to a frame and gives the first answer that holds the last one's id. */
const ask = (of, ...messages) => new Promise((answered) => {
  const id = messages.at(-1).id;
  const hear = ({ source, data }) => {
    if (speaker(source) !== of || !data?.asked?.some((one) => one.id === id)) return;
    removeEventListener("message", hear);
    answered(data);
  };
  addEventListener("message", hear);
  for (const message of messages) frames()[of].contentWindow.postMessage(message, "*");
});

// Firefox's driver sees what belongs to the window alone.
Object.assign(window, { heard, frames, said, lastHeight, load, ask });
