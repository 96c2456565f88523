// examples/nginx.conf behind Debian's nginx: what each form of address answers, and with which headers. On a port of this machine
// alone, in a folder of its own, without the service.

import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newFolder, root } from "./desk";

const nginx = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].find(existsSync) ?? "nginx";
const hasNginx = spawnSync(nginx, ["-v"]).status === 0;
if (!hasNginx) console.warn("nginx is not there: the test of examples/nginx.conf is skipped");

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The page of one form of address, so that it is told from the others. */
const page = (name: string): string => `<!doctype html><title>${name}</title>`;

describe.skipIf(!hasNginx)("examples/nginx.conf", () => {
  const work = newFolder();
  let server: ChildProcess;
  let port = 0;
  let said = "";

  const ask = (path: string, method = "GET"): Promise<Answer> => new Promise((resolve, reject) => {
    // The path goes as it stands: no library may tidy it.
    const sent = request({ host: "127.0.0.1", port, path, method, rejectUnauthorized: false, servername: "v.example.cn" }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end();
  });

  beforeAll(async () => {
    const site = join(work.path, "site");
    for (const folder of ["", "r", "e", "n", "assets", "trust", "trust/blocks"]) mkdirSync(join(site, folder), { recursive: true });
    const files: Record<string, string> = {
      "index.html": page("home"), "r/index.html": page("r"), "e/index.html": page("e"), "n/index.html": page("n"),
      "assets/site-0.js": "0;", "assets/site-0.css": "a{}", "assets/zxing-0.wasm": "\0asm", "service_worker.js": "0;",
      "site.webmanifest": "{}", "icon.svg": "<svg/>", "trust/index.json": "{}", "trust/head-0.cose": "0",
      "trust/blocks/00.cbor": "0", "trust/status-0.sjb": "0",
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(site, name), content);
    writeFileSync(join(work.path, "secret.txt"), "secret");
    const [certificate, key] = [join(work.path, "cert.pem"), join(work.path, "key.pem")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
      "/CN=v.example.cn", "-keyout", key, "-out", certificate], { stdio: "ignore" });
    port = await freePort();
    // Only what names the machine is put in; each must be there to be replaced.
    let example = readFileSync(join(root, "examples/nginx.conf"), "utf8");
    for (const [theirs, ours] of [["listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`], ["/etc/ssl/v.example.cn.pem", certificate],
      ["/etc/ssl/v.example.cn.key", key], ["/srv/sjcode-site", site]] as const) {
      expect(example).toContain(theirs);
      example = example.replace(theirs, ours);
    }
    const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((name) => `${name}_temp_path ${join(work.path, name)};`).join("\n");
    const configuration = join(work.path, "nginx.conf");
    writeFileSync(configuration, `daemon off;\nmaster_process off;\npid ${join(work.path, "pid")};\nerror_log stderr;\n` +
      `events {}\nhttp {\n${folders}\n${example}\n}\n`);
    const check = spawnSync(nginx, ["-t", "-p", work.path, "-c", configuration], { encoding: "utf8" });
    expect(check.status, check.stderr).toBe(0);
    expect(check.stderr).not.toContain("[warn]");
    server = spawn(nginx, ["-p", work.path, "-c", configuration], { stdio: ["ignore", "ignore", "pipe"] });
    server.stderr!.on("data", (text: Buffer) => { said += text.toString(); });
    while ((await ask("/").then((one) => one.status, () => 0)) !== 200) {
      if (server.exitCode !== null) throw new Error(`nginx ended: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  afterAll(async () => {
    const ended = server === undefined ? undefined : new Promise((resolve) => server.once("exit", resolve));
    server?.kill("SIGQUIT");
    await ended;
    work.remove();
  });

  it("answers each form of address with its page", async () => {
    const digits = "9".repeat(434);
    for (const [path, title] of [["/", "home"], ["/index.html", "home"], [`/r/${digits}`, "r"], [`/r/${digits}?from=singlemessage`, "r"],
      ["/r/1", "r"], ["/e/", "e"], ["/n/JCFJ41HG9ZFS8739Q6VZ", "n"], ["/n/jcfj-41hg-9zfs-8739-q6vz", "n"]] as const) {
      const answer = await ask(path);
      expect([answer.status, answer.body], path).toEqual([200, page(title)]);
      expect(answer.headers["content-type"], path).toBe("text/html; charset=utf-8");
    }
  });

  it("has nothing behind other addresses", async () => {
    for (const path of ["/r/12x", "/r/12/3", "/n/A/B", "/x/1", "/e/1", "/trust/none.json", "/trust/blocks/01.cbor", "/assets/none.js",
      "/secret.txt", "/.git/config"])
      expect((await ask(path)).status, path).toBe(404);
    for (const path of ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/assets/%2e%2e%2f%2e%2e%2fsecret.txt"]) {
      const answer = await ask(path);
      expect([400, 404], path).toContain(answer.status);
      expect(answer.body, path).not.toContain("secret");
    }
    // No list of a folder's files.
    for (const path of ["/trust/", "/assets/"]) expect([403, 404], path).toContain((await ask(path)).status);
    expect((await ask("/r/1", "POST")).status).toBe(405);
    expect((await ask(`/r/${"9".repeat(9000)}`)).status).toBe(414);
  });

  it("sends each kind of file under its media type", async () => {
    for (const [path, type] of [["/assets/site-0.js", "text/javascript"], ["/service_worker.js", "text/javascript"],
      ["/assets/site-0.css", "text/css"], ["/assets/zxing-0.wasm", "application/wasm"], ["/icon.svg", "image/svg+xml"],
      ["/site.webmanifest", "application/manifest+json"], ["/trust/index.json", "application/json"],
      ["/trust/head-0.cose", "application/cose"], ["/trust/blocks/00.cbor", "application/cbor"],
      ["/trust/status-0.sjb", "application/octet-stream"]] as const) {
      const answer = await ask(path);
      expect(answer.status, path).toBe(200);
      expect(String(answer.headers["content-type"]).split(";")[0], path).toBe(type);
    }
  });

  it("sends the headers that sjcode serve sends, with every answer", async () => {
    const serve = readFileSync(join(root, "cli/serve_command.cpp"), "utf8");
    const policy = /"Content-Security-Policy",\s*((?:"[^"]*"\s*)+)\}/.exec(serve)![1]!.replace(/"\s*"|^"|"\s*$/g, "");
    expect(policy).toContain("default-src 'none'");
    for (const path of ["/", "/r/1", "/n/JCFJ41HG9ZFS8739Q6VZ", "/assets/site-0.js", "/assets/none.js", "/trust/index.json", "/none"]) {
      const { headers } = await ask(path);
      expect(headers["content-security-policy"], path).toBe(policy);
      expect(headers["x-content-type-options"], path).toBe("nosniff");
      expect(headers["referrer-policy"], path).toBe("no-referrer");
      expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
      expect(headers["permissions-policy"], path).toBe("camera=(self), microphone=(), geolocation=()");
      expect(headers["strict-transport-security"], path).toMatch(/^max-age=\d+$/);
      expect(headers["cache-control"], path).toBe(path === "/assets/site-0.js" ? "public, max-age=31536000, immutable" : "no-cache");
    }
  });

  it("writes no address down", async () => {
    await ask("/r/31415926535897932384626433832795");
    expect((await ask("/r/31415926535x")).status).toBe(404);
    expect(said).not.toContain("31415926535897932384626433832795");
  });
});
