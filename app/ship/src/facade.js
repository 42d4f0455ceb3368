// An embed before anybody uses it: facade.rs fills in the names in capitals. What was served of
// the view is shown, its height is told, and the module is fetched when somebody comes, or asks
// from the page around; app/src/facade.rs then mounts the live view in its place, with what was
// done here meanwhile. An article may hold many embeds, and most readers only look at them.

// Each view that was served: its file, and by what that is checked. The same of all sliders.
const VIEWS = SERVED_VIEWS;
const SLIDERS = SERVED_SLIDERS;
const MOST_SLIDERS = ROOM_FOR;
// What tells the height: whether it is an object, its text, and whether pym.js alone hears it.
const POSTS = HEIGHT_POSTS;
// How long the page around may take to give the frame its height, as in app/src/host.rs.
const OBEY = 1_000;
// How long it is looked at before it comes unasked, as in app/src/opening.rs.
const UNASKED = 10_000;
// How much of it counts as looked at: this part, or this many CSS pixels of one that is higher
// than the window.
const PART = 0.3;
const ENOUGH = 300;

const root = document.documentElement;
const query = new URLSearchParams(location.search);
const asked = (key) => query.getAll(key).at(-1);

/** The view that the address asks for, if it asks for nothing but what was served. */
const served = () => {
  const view = asked("view") ?? "OPENING_VIEW";
  const plain =
    !("changed" in root.dataset) &&
    ["", "#", "DEFAULTS_LINK"].includes(location.hash) &&
    !query.has("lang") &&
    !query.has("seed") &&
    [undefined, "light", "dark"].includes(asked("theme")) &&
    [undefined, "none", ""].includes(asked("chrome")) &&
    Object.keys(VIEWS).includes(view) &&
    // What other pages call it is as it stands in the address.
    (asked("view") === undefined || location.search.slice(1).split("&").includes(`view=${view}`));
  if (!plain) return;
  try {
    if (localStorage.getItem("RANGES_KEPT") === "off") return;
  } catch {
    // Storage may be denied, then nothing is kept.
  }
  return view;
};

/** The elements of a piece that was served. */
const piece = async ([name, integrity]) => {
  const answer = await fetch(`./${name}`, { integrity });
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content;
};

/** Puts the sliders asked for into a view; false if something has to be said of them. */
const equip = async (main) => {
  const ids = asked("levers").split(",").map((id) => id.trim()).filter(Boolean);
  if (ids.length > MOST_SLIDERS || new Set(ids).size < ids.length) return false;
  const within = (some, id) => some.querySelector(`[data-of-slider="${CSS.escape(id)}"]`)?.closest(".lever");
  const all = ids.every((id) => within(main, id)) ? main : await piece(SLIDERS);
  const levers = ids.map((id) => within(all, id));
  if (levers.includes(undefined)) return false;
  main.querySelector(".primary")?.remove();
  if (!ids.length) return true;
  const primary = document.createElement("div");
  primary.className = "primary";
  primary.append(...levers);
  main.querySelector(".stage").append(primary);
  return true;
};

/** What was served of a view, as the address asks for it; nothing if it asks for more. */
const shape = async (view) => {
  const main = (await piece(VIEWS[view])).firstElementChild;
  if (asked("chrome") === "none") main.querySelector(".head").remove();
  if (asked("levers") !== undefined && !(await equip(main))) return;
  for (const one of main.querySelectorAll("[data-waits]")) one.disabled = false;
  for (const one of main.querySelectorAll("input[type=text]")) one.readOnly = true;
  main.drawings = [...main.querySelectorAll(".canvas > svg")];
  main.querySelector(".whole").href = `${location.href.split(/[?#]/)[0]}DEFAULTS_LINK`;
  return main;
};

/** Shows the drawing that is made for the width there is, as high as the live one is. */
const draw = (main) => {
  const canvas = main.querySelector(".canvas");
  const width = canvas.clientWidth;
  if (!width) return;
  const off = (one) => Math.abs(Math.log(one.viewBox.baseVal.width / width));
  const drawing = main.drawings.reduce((best, one) => (off(one) < off(best) ? one : best));
  if (canvas.children.length > 1 || !canvas.contains(drawing)) canvas.replaceChildren(drawing);
  const points = canvas.dataset.heights.split(",").map((point) => point.split(":").map(Number));
  const next = Math.max(points.findIndex(([at]) => at > width), 1);
  const [[from, low], [to, high]] = [points[next - 1], points[next]];
  canvas.style.height = `${low + ((high - low) * (width - from)) / (to - from)}px`;
};

/** Tells the page around how high it is, and lets a reader scroll where that leaves too little
    room: as app/src/host.rs, which has the reasons. */
const fit = (main, signal) => {
  const height = () => Math.ceil(main.getBoundingClientRect().height - 0.01);
  const child = asked("childId");
  let told, clock;
  const look = () => {
    clearTimeout(clock);
    clock = setTimeout(() => {
      if (height() > innerHeight + 1) root.dataset.scrolls = "";
    }, OBEY);
  };
  const tell = (again) => {
    const now = height();
    if (!root.clientWidth || (now === told && !again)) return;
    told = now;
    if (parent === window) return;
    look();
    const view = asked("view") === undefined ? "embed=1" : `view=${asked("view")}`;
    for (const { whole, text, pym } of POSTS) {
      if (pym && !child) continue;
      const said = text
        .replaceAll("THE_HEIGHT", now)
        .replaceAll("THE_VIEW", () => view)
        .replaceAll("THE_CHILD", () => child)
        .replaceAll('"THE_ADDRESS"', () => JSON.stringify(location.href));
      parent.postMessage(whole ? JSON.parse(said) : said, "*");
    }
  };
  const sizes = new ResizeObserver(() => {
    draw(main);
    tell();
  });
  sizes.observe(main);
  if (parent === window) {
    root.dataset.scrolls = "";
  } else {
    const hear = ({ data, source }) => {
      if (source === parent && HEIGHT_TYPES.includes(data?.type)) tell(true);
    };
    addEventListener("message", hear, { signal });
    let was = innerHeight;
    const resized = () => {
      if (innerHeight === was) return;
      was = innerHeight;
      delete root.dataset.scrolls;
      look();
    };
    addEventListener("resize", resized, { signal });
    look();
  }
  signal.addEventListener("abort", () => {
    clearTimeout(clock);
    sizes.disconnect();
  });
  draw(main);
  tell();
};

/** Waits until somebody comes, and notes what is done until the live view is mounted. */
const wanted = (main, signal) =>
  new Promise((wake) => {
    const listen = (type, run) => addEventListener(type, run, { capture: true, signal });
    const act = () => {
      root.dataset.acted = "";
      wake();
    };
    const slider = ({ target }) => target instanceof Element && target.closest("[data-of-slider]");
    // The list in place of the field of one that has few options.
    const list = ({ target }) => target instanceof Element && target.closest(".lever select");
    const beside = (one, what) => one.closest(".lever").querySelector(what);

    // A finger that is put down may be scrolling the page around, and a pointer that rests comes
    // over what is scrolled below it.
    let seen;
    listen("pointermove", ({ pointerType, screenX, screenY }) => {
      const at = `${screenX} ${screenY}`;
      if (pointerType !== "touch" && (seen ??= at) !== at) act();
    });
    for (const sign of ["pointerup", "keydown", "focusin", "input", "click"]) listen(sign, act);
    listen("hashchange", wake);

    let pressed;
    listen("pointerdown", (event) => {
      if (event.button === 0) root.dataset.pressed = "";
      if (event.pointerType !== "touch") act();
      pressed = slider(event) && { slider: slider(event), value: slider(event).value };
      // What it offers may be fewer options than the live one has.
      if (event.target instanceof Element && event.target.closest("select")) event.preventDefault();
    });
    const show = (slider) => {
      const field = beside(slider, ".entry input, select");
      if (field.matches("select")) field.selectedIndex = slider.value;
      else if (!field.matches(".month")) field.value = slider.value;
      else field.value = new Date(Date.UTC(FIRST_YEAR, slider.value)).toISOString().slice(0, 7);
    };
    const letGo = () =>
      // After the click that this may be the end of.
      setTimeout(() => {
        delete root.dataset.pressed;
        root.dispatchEvent(new Event("letgo"));
      });
    listen("pointerup", letGo);
    listen("pointercancel", () => {
      // The browser makes a gesture its own where it scrolls the page.
      if (pressed) {
        pressed.slider.value = pressed.value;
        show(pressed.slider);
      }
      letGo();
    });
    listen("input", (event) => {
      const picked = list(event);
      const moved = picked ? beside(picked, "[data-of-slider]") : slider(event);
      if (!moved) return;
      if (picked) moved.value = picked.selectedIndex;
      moved.dataset.moved = "";
      show(moved);
    });
    listen("click", (event) => {
      const { target } = event;
      if (!(target instanceof Element) || slider(event)) return;
      // The live link has what was moved, and knows how to tell its address where a sandbox
      // forbids the way out.
      const moved = main.querySelector("[data-moved]");
      if (target.closest("a") && origin !== "null" && !moved) return;
      event.preventDefault();
      for (const one of main.querySelectorAll("[data-clicked]")) delete one.dataset.clicked;
      target.dataset.clicked = "";
      root.dataset.coming = "";
    });

    const requests = [];
    listen("message", (event) => {
      if (!REQUEST_TYPES.includes(event.data?.type)) return;
      requests.push(event);
      wake();
    });

    let clock;
    const sight = new IntersectionObserver(
      (entries) => {
        clearTimeout(clock);
        const { intersectionRatio, intersectionRect } = entries.at(-1);
        const seen = intersectionRatio >= PART || intersectionRect.height >= ENOUGH;
        if (seen && !navigator.connection?.saveData) clock = setTimeout(wake, UNASKED);
      },
      { threshold: [0, PART / 3, PART / 2, PART] },
    );
    sight.observe(main);

    signal.addEventListener("abort", () => {
      clearTimeout(clock);
      sight.disconnect();
      // The live view listens by the end of this task.
      setTimeout(() => {
        for (const request of requests) dispatchEvent(request);
      });
    });
  });

/** Puts everything back as it was served: nothing of it can be used. */
const giveUp = (main) => {
  for (const one of main.querySelectorAll("input")) one.value = one.defaultValue;
  for (const one of main.querySelectorAll("option")) one.selected = one.defaultSelected;
  for (const one of main.querySelectorAll("[data-waits]")) one.disabled = true;
  delete root.dataset.coming;
};

/** Shows what was served, and returns once more is wanted: at once, where nothing was. */
export const wait = async (parsed) => {
  const view = served();
  if (!view) return;
  const main = await shape(view);
  await parsed;
  // Another scenario may have come meanwhile.
  if (!main || served() !== view) return;
  document.getElementById("before").prepend(main);
  root.dataset.embed = view;
  root.dataset.shown = "";
  const shown = new AbortController();
  const waiting = new AbortController();
  const end = (type, run) => root.addEventListener(type, run, { once: true });
  end("replaced", () => {
    shown.abort();
    waiting.abort();
  });
  // Where it does not start, this is all there is.
  end("refused", () => {
    waiting.abort();
    giveUp(main);
  });
  fit(main, shown.signal);
  if (typeof WebAssembly === "object") await wanted(main, waiting.signal);
};
