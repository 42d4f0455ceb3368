// How the page starts. It stands in the document: see document.rs, which fills in the
// names in capitals.
//
// The document already holds the page as an article. Here the module is fetched and put
// in its place; where that fails, the article stays and a notice says so.
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  // As app/src/query.rs reads it: of a key that stands twice the last counts.
  const embed = query.getAll("embed").at(-1);
  const embedded = embed !== undefined && !["0", "off", "false"].includes(embed);

  // As the reader last saw it, before anything is painted.
  let theme = query.get("theme");
  if (theme !== "light" && theme !== "dark") {
    try {
      theme = localStorage.getItem("compute-loop:theme");
    } catch {
      // Storage may be denied.
    }
  }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  // An embed shows one view, not the article.
  if (embedded) root.dataset.embed = "";
  // The article is in English.
  const language = query.getAll("lang").at(-1)?.toLowerCase();
  const foreign = language !== undefined && LANGUAGES.includes(language.split(/[-_]/)[0]);
  if (foreign) root.dataset.foreign = "";
  // The figures of another scenario come with the module.
  if (/[#&](?!m=)[^&=]+=/.test(location.hash)) root.dataset.changed = "";
  // What is far from the window is laid out late, and has another height then: whoever comes
  // for a place of the page, or comes back to one, finds it only where all of it stands.
  const [visit] = performance.getEntriesByType("navigation");
  if (/^(#.*=.*)?$/.test(location.hash) && visit?.type === "navigate") root.dataset.late = "";

  const parsed = new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
    else done();
  });
  let before;
  parsed.then(() => {
    before = document.getElementById("before");
  });

  // The chapter that is being read, and where it begins.
  const reading = () => {
    const top = (one) => one.getBoundingClientRect().top;
    const chapters = [...document.querySelectorAll(".chapter")];
    const chapter = chapters.findLast((one) => top(one) < innerHeight / 2);
    return chapter && { id: chapter.id, top: top(chapter) };
  };
  // WebKit scrolls by whole pixels: what is left of one is owed, or it would add up.
  let owed = 0;
  const bringBack = (held) => {
    const { top } = (document.getElementById(held?.id) ?? root).getBoundingClientRect();
    if (held) {
      const from = scrollY;
      const by = top - held.top + owed;
      scrollBy({ top: by, behavior: "instant" });
      owed = by - (scrollY - from);
      // At an end of the page there is no more to be had.
      if (Math.abs(owed) >= 1) owed = 0;
    }
    delete root.dataset.holding;
  };
  const staying = (change) => {
    // Whoever holds already brings it back: app/src/hold.rs.
    if ("holding" in root.dataset) return change();
    const held = reading();
    root.dataset.holding = "";
    change();
    bringBack(held);
  };

  // The live page is shorter until the words are in it (`handOver`): it would be scrolled
  // back, or keep in its place what is seen for nobody.
  let held;
  const leave = () => {
    // Who comes back is as far down as the live page was scrolled: see app/src/hold.rs. An
    // embed has no chapters to bring back.
    if (visit?.type === "navigate") held = embedded ? undefined : reading();
    else if (scrollY > 0 && !embedded) root.dataset.back = scrollY;
    document.body.style.minHeight = `${document.body.offsetHeight}px`;
    root.dataset.holding = "";
  };

  // A host that does not know WebAssembly sends it as another type.
  const asModule = (answer) => {
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
    return answer.headers.get("content-type") === "application/wasm"
      ? answer
      : new Response(answer.body, { headers: { "content-type": "application/wasm" } });
  };

  // The words come first: starting the module would keep them from being painted, and what is
  // replaced before it is seen was never painted. An embed has waited already (facade.js) or has
  // no words yet, those of another scenario wait for the module, and a page that nobody looks at
  // is not painted.
  const unseen = embedded || foreign || root.dataset.changed !== undefined || document.hidden;
  const painted = new Promise((done) => {
    if (unseen) return done();
    const known = globalThis.PerformanceObserver?.supportedEntryTypes ?? [];
    const kind = ["largest-contentful-paint", "paint"].find((kind) => known.includes(kind));
    if (kind) {
      new PerformanceObserver((_, observer) => {
        observer.disconnect();
        done();
      }).observe({ type: kind, buffered: true });
    }
    setTimeout(done, kind ? 2_000 : 0);
  });

  // Of the words the headline comes first: the chart and the sliders below it take as long to
  // lay out as all that is before them. They follow in the next frame.
  if (!unseen && root.dataset.late !== undefined) {
    root.dataset.first = "";
    const follow = () => {
      if (root.dataset.first !== "") return;
      root.dataset.first = "no";
      // In a frame of its own: see `.language` in style.css.
      setTimeout(() => delete root.dataset.first, 100);
    };
    new MutationObserver((_, observer) => {
      if (!document.getElementById("headline")) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(follow));
    }).observe(document, { childList: true, subtree: true });
    // Frames are held back where nobody looks any more.
    painted.then(follow);
  }

  const begin = async () => {
    // An embed is shown as it was served until somebody wants more of it.
    if (embedded) await import("./FACADE").then((facade) => facade.wait(parsed)).catch(() => {});
    if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
    // Asked for at once: the words are in the beginning of the document, and here before any of
    // it.
    const module = fetch("./MODULE", { integrity: "INTEGRITY", priority: "low" }).then(asModule);
    // It may fail before anybody waits for it.
    module.catch(() => {});
    await painted;
    // A few kilobytes, which are here before the module all the same.
    const script = await import("./SCRIPT");
    await parsed;
    await script.default({ module_or_path: module });
  };

  // The whole page fetches its chapters when they are wanted: until then the words of the
  // article stand in their places. Nothing has been painted since it was mounted.
  const handOver = () => {
    for (const part of before.querySelectorAll(".served")) {
      const place = document.getElementById(part.dataset.of);
      if (!place || before.contains(place) || !place.classList.contains("missing")) continue;
      place.append(part);
      new MutationObserver((_, observer) => {
        if (!place.classList.contains("missing")) {
          part.remove();
          observer.disconnect();
        }
      }).observe(place, { attributeFilter: ["class"] });
    }
    // Who comes back would be scrolled up where the page is shorter: app/src/hold.rs ends it.
    if (!("back" in root.dataset)) {
      document.body.style.minHeight = "";
      bringBack(held);
    }
    layOut();
  };
  root.addEventListener("leaves", leave);
  // Once what follows from mounting has been done, such as measuring the first chart.
  root.addEventListener("replaced", () => queueMicrotask(handOver));

  // Once something is live, what is laid out late is laid out one after the other, so that
  // nobody waits.
  let rest;
  const layOut = () => {
    if (rest) return;
    rest = [...document.querySelectorAll(".served")];
    const idle = globalThis.requestIdleCallback ?? setTimeout;
    const next = () => {
      const part = rest.shift();
      if (!part) return delete root.dataset.late;
      staying(() => (part.style.contentVisibility = "visible"));
      idle(next);
    };
    idle(next);
  };

  // Whoever is faster has all of it at once, and stays where it was gone to.
  addEventListener("scroll", () => staying(() => delete root.dataset.late), { once: true });

  // Pictures of charts are fetched only where the article is being read.
  parsed.then(() => {
    const near = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          near.unobserve(target);
          const held = target.querySelector("noscript");
          if (held) target.innerHTML = held.textContent;
        }
      },
      { rootMargin: "300px" },
    );
    for (const picture of document.querySelectorAll("#before .drawn")) near.observe(picture);
  });

  const refuse = async (why) => {
    console.warn(why);
    await parsed;
    delete root.dataset.changed;
    delete root.dataset.foreign;
    delete root.dataset.holding;
    document.body.style.minHeight = "";
    root.dataset.refused = "";
    root.dispatchEvent(new Event("refused"));
    // It may have gone when the module failed halfway.
    if (!before.isConnected) document.body.append(before);
    const item = document.createElement("li");
    item.textContent = embedded
      ? "This view could not be started in this browser. "
      : "The live page could not be started in this browser, so its sliders do not move. What stands here is the page at its default values. ";
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.onclick = () => location.reload();
    item.append(again);
    before.querySelector(".notices ul").append(item);
  };

  // Makes the page work without a network from the next visit on. Any of it may be denied.
  const keep = () => {
    try {
      if (!embedded && self === top && location.protocol.startsWith("http")) {
        navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" }).catch(() => {});
      }
    } catch {
      // Then the page needs the network.
    }
  };
  new MutationObserver((_, observer) => {
    if (!root.dataset.ready) return;
    observer.disconnect();
    layOut();
    // It fetches the whole page: who only looks in is spared that.
    setTimeout(keep, 10_000);
  }).observe(root, { attributeFilter: ["data-ready"] });

  begin().catch(refuse);
})();
