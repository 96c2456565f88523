// Keeps the site and its trust records on the machine, so that it verifies without a network.
// Pages and parts: from here, since their names hold their digests; a new version comes as a whole.
// Trust records: from the network first, for they grow old; from here where there is none.

const version = "VERSION";
const files = "FILES";
const siteCache = `sjcode-site-${version}`;
const trustCache = "sjcode-trust";
const scope = new URL("./", self.location.href);

async function keepTrust() {
  const index = new URL("trust/index.json", scope);
  const response = await fetch(index, { cache: "no-cache" });
  if (!response.ok) return;
  const cache = await caches.open(trustCache);
  const content = await response.clone().json();
  await cache.put(index, response);
  const names = content.files?.map((name) => `${name}.json`) ?? (await piecesOfLists());
  const wanted = new Set([index.href]);
  for (const name of names) {
    const address = new URL(`trust/${name}`, scope);
    wanted.add(address.href);
    if (isFixed(address) && (await cache.match(address)) !== undefined) continue;
    const file = await fetch(address, { cache: "no-cache" });
    if (file.ok) await cache.put(address, file);
  }
  if (names.length > 0)
    for (const kept of await cache.keys()) if (!wanted.has(kept.url)) await cache.delete(kept);
}

/** The files of signed lists; none where there are too many to keep in advance: then each is kept that was needed. */
async function piecesOfLists() {
  const response = await fetch(new URL("trust/keep.json", scope), { cache: "no-cache" });
  return response.ok ? response.json() : [];
}

/** Heads and blocks of signed lists have their digests for names: what is kept never grows old. */
const isFixed = (url) => /\/trust\/(head-|blocks\/)/.test(url.pathname);

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(siteCache)
      .then((cache) => cache.addAll(files.map((name) => new Request(new URL(name, scope), { cache: "no-cache" }))))
      .then(() => keepTrust().catch(() => undefined))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names
        .filter((name) => name.startsWith("sjcode-site-") && name !== siteCache)
        .map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/** Which kept file answers an address: everything under /r/, /e/, /n/ is one page each. */
function fileFor(url) {
  const path = url.pathname.slice(scope.pathname.length);
  const form = /^([ren])\//.exec(path);
  if (form !== null) return `${form[1]}/index.html`;
  return path === "" ? "index.html" : path;
}

async function fromSite(request, url) {
  const cache = await caches.open(siteCache);
  const kept = await cache.match(new URL(fileFor(url), scope));
  return kept ?? fetch(request);
}

async function fromTrust(request) {
  const cache = await caches.open(trustCache);
  if (isFixed(new URL(request.url))) {
    const kept = await cache.match(request.url);
    if (kept !== undefined) return kept;
  }
  try {
    const response = await fetch(request, { cache: "no-cache" });
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (kept !== undefined) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const trust = url.pathname.startsWith(`${scope.pathname}trust/`);
  event.respondWith(trust ? fromTrust(event.request) : fromSite(event.request, url));
});
