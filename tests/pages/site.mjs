// A static server that does what real hosts do on bad days: slow, cut short, wrong, gone.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `cargo xtask build` made. */
export const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The strictest policy that the widget promises to live with. */
export const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
  + "connect-src 'self'; worker-src 'self'";

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.wasm': 'application/wasm', '.glb': 'model/gltf-binary',
  '.gltf': 'model/gltf+json', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Serves a folder on a port of its own; two calls are two origins.
 *
 * - `csp`: a policy, `true` for the strict one, `false` for none;
 * - `headers`: further headers of every answer;
 * - `pages`: `{ '/name': text or bytes }`, which come before files;
 * - `answers`: `{ '/name': (request, body) => ({ status, headers, body }) }`, what a shop's server does; `body` is text;
 * - `faults`: `{ '/name': fault }`, changeable while the site runs, where a fault may have `delay` (ms before the
 *   answer), `status`, `body`, `headers`, `truncate` (bytes sent before the connection breaks), `stall` (bytes sent
 *   before silence), `drop` (no answer at all), and `times` (how many requests it hits; all without it).
 *
 * The result has `origin`, `log` (every request: method, path, cookie, status, bytes), `faults` and `close()`.
 */
export async function serve({ root = dist, csp = true, headers = {}, pages = {}, answers = {}, faults = {}, brotli = true, cors = true } = {}) {
  const log = [];
  const policy = csp === true ? CSP : csp;
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });

  async function answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, 'http://site/').pathname);
    const entry = { method: request.method, path, cookie: request.headers.cookie, status: 0, bytes: 0 };
    log.push(entry);
    const fault = strike(faults, path);
    if (fault.delay) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault.drop) return void request.socket.destroy();

    if (answers[path]) {
      const chunks = await request.toArray();
      const { status = 200, headers: own, body = {} } = answers[path](request, Buffer.concat(chunks).toString());
      entry.status = status;
      response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...own });
      return void response.end(JSON.stringify(body));
    }

    // Browsers ask for it unasked; its absence would be an error on every console.
    const found = fault.body ?? pages[path] ?? (path === '/favicon.ico' ? '' : undefined) ?? await file(root, path);
    const takes = brotli && fault.body === undefined && pages[path] === undefined;
    const small = takes && /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? await read(join(root, `${path}.br`)) : undefined;
    const body = Buffer.from(small ?? found ?? 'not found');
    entry.status = fault.status ?? (found === undefined ? 404 : 200);
    const head = {
      'Content-Type': TYPES[extname(path) || '.html'] ?? 'application/octet-stream',
      'Cache-Control': 'no-store',
      ...(small && { 'Content-Encoding': 'br' }),
      ...(policy && { 'Content-Security-Policy': policy }),
      ...(cors && { 'Access-Control-Allow-Origin': '*' }),
      ...headers,
      ...fault.headers,
    };
    response.writeHead(entry.status, { ...head, 'Content-Length': body.length });
    const limit = fault.truncate ?? fault.stall;
    const sent = limit === undefined ? body : body.subarray(0, limit);
    entry.bytes = request.method === 'HEAD' ? 0 : sent.length;
    if (request.method === 'HEAD') return void response.end();
    if (limit === undefined) return void response.end(sent);
    response.write(sent, () => { if (fault.truncate !== undefined) request.socket.destroy(); });
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${server.address().port}`, log, faults, close };
}

/** The fault that hits this path now. */
function strike(faults, path) {
  const fault = faults[path];
  if (!fault) return {};
  if (fault.times === undefined) return fault;
  if (fault.times <= 0) return {};
  fault.times -= 1;
  return fault;
}

async function file(root, path) {
  const inside = normalize(join(root, path));
  if (!inside.startsWith(normalize(root + sep)) && inside + sep !== normalize(root + sep)) return undefined;
  const info = await stat(inside).catch(() => undefined);
  return read(info?.isDirectory() ? join(inside, 'index.html') : inside);
}

async function read(path) {
  return readFile(path).catch(() => undefined);
}
