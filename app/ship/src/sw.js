// Keeps the page for readers without a network. Made by offline.rs, which fills in the
// names in capitals: the build, and all files of it.
//
// A file with a hash in its name never changes, so it is taken from what is kept, of the build
// before as well: an open page asks for parts that its host may no longer have. All others
// are asked of the network first, so that a new build arrives at once; where no answer
// comes, what is kept has to do. Another build is kept as a whole beside this one, and
// replaces it; the one before stays for pages that are open, older ones go.
const BUILD = "BUILD_NAME";
const FILES = FILE_NAMES;
const HASHED = /-[0-9a-f]{12,}\.[a-z]+$/;
const OURS = `compute-loop ${registration.scope} `;
const NAME = OURS + BUILD;
const PATIENCE = 4000;

const kept = async (request) => {
  try {
    const address = new URL(request.url);
    address.hash = address.search = "";
    if (address.href === `${registration.scope}index.html`) address.href = registration.scope;
    const cache = await caches.open(NAME);
    return (await cache.match(address.href)) ?? (await caches.match(address.href));
  } catch {
    // Storage may be denied, then nothing is kept.
    return undefined;
  }
};

const keptFirst = async (request) => (await kept(request)) ?? fetch(request);

const networkFirst = async (request) => {
  const answer = fetch(request);
  // Where what is kept is taken, nobody waits for it.
  answer.catch(() => {});
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  try {
    const first = await Promise.race([answer, late]);
    if (first && first.status < 500) return first;
  } catch {
    // No network.
  }
  return (await kept(request)) ?? answer;
};

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(NAME);
      await cache.addAll(FILES.map((name) => new Request(name, { cache: "no-cache" })));
      await skipWaiting();
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
      await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith(HASHED.test(new URL(request.url).pathname) ? keptFirst(request) : networkFirst(request));
});
