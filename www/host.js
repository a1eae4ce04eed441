/** @import { Stage } from './stage.js' */
/** @import { Shell } from './shell.js' */

/** More than a page can hold. */
const MOST_BYTES = 512 * 1024 * 1024;

/** One viewer in Rust and what it wants from the browser. Rust calls the methods in the first half; none throws. */
export class Host {
  /**
   * @param {Shell} shell
   * @param {Stage} stage
   */
  constructor(shell, stage) {
    this.shell = shell;
    this.stage = stage;
    /** Pictures appear here; it takes the last one's place when its first picture stands. */
    this.canvas = document.createElement('canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    /** @type {Map<number, AbortController>} */
    this.requests = new Map();
    this.preparing = false;
    this.alarm = 0;
    /** The viewer in Rust; undefined before and after. @type {any} */
    this.raw = undefined;
    this.raw = stage.raw.viewer(this, this.canvas);
    stage.hosts.add(this);
  }

  /** @param {number} request @param {string} url @param {string} [base] */
  fetch(request, url, base) {
    this.run(request, async (signal) => {
      const bytes = await this.download(request, url, base, signal);
      return [(raw) => {
        if (raw.bytes(request, bytes)) this.run(request, async (signal) => (await import(String(new URL('./anprobe_unpack.js', import.meta.url)))).decode(this, request, bytes, url, signal));
      }];
    });
  }

  /** @param {number} request */
  abort(request) {
    this.requests.get(request)?.abort();
    this.requests.delete(request);
  }

  /** @param {number} request @param {Uint8Array<ArrayBuffer>} bytes @param {string} mime */
  decode(request, bytes, mime) {
    this.run(request, () => this.picture(request, bytes, mime));
  }

  /** @param {number} request @param {string} url @param {string} [base] */
  decodeFrom(request, url, base) {
    this.run(request, async (signal) => this.picture(request, await this.download(request, url, base, signal)));
  }

  /** @param {number} request @param {string} url */
  environment(request, url) {
    this.run(request, async (signal) => {
      const equipped = this.stage.equip().then(() => this.prepare());
      const [bytes] = await Promise.all([this.download(request, url, undefined, signal), equipped]);
      return [(raw) => raw.environment(request, bytes)];
    });
  }

  /** @param {number} request */
  shaders(request) {
    this.run(request, async () => {
      await this.stage.equip();
      return [(raw) => raw.equipped(request)];
    });
  }

  prepare() {
    if (this.preparing) return;
    this.preparing = true;
    const next = () => {
      const left = this.call((raw) => raw.prepare());
      if (left) return void setTimeout(next);
      this.preparing = false;
    };
    setTimeout(next);
  }

  redraw() {
    if (this.raw) this.stage.redraw(this);
  }

  /** @param {number} seconds */
  wake(seconds) {
    clearTimeout(this.alarm);
    this.alarm = setTimeout(() => this.call((raw) => raw.tick(performance.now() / 1000)), seconds * 1000);
  }

  /** @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
  present(canvas, width, height) {
    const source = this.stage.canvas;
    if (source) {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.globalCompositeOperation = 'copy';
      context.drawImage(source, 0, 0, width, height, 0, 0, width, height);
    }
    if (canvas === this.canvas && this.raw) this.shell.show(canvas);
  }

  /** The view as it is, while the instance still answers. */
  keep() {
    try {
      if (this.shell.loaded) this.save(this.raw.snapshot());
    } catch {
      // Then the last settled view is what comes back.
    }
  }

  /** @param {string} snapshot */
  save(snapshot) {
    this.shell.snapshot = snapshot;
    this.shell.snapshotOf = this.shell.source();
  }

  /** @param {string} name @param {string} word @param {number} number */
  announce(name, word, number) {
    if (this.raw) this.shell.announce(name, word, number);
  }

  /**
   * @param {string} kind @param {string} code @param {number} severity
   * @param {string} path @param {string} message @param {string} remedy
   */
  complain(kind, code, severity, path, message, remedy) {
    if (!this.raw) return;
    if (kind) return this.shell.fail({ type: kind, code, path, message, remedy });
    const say = severity === 0 ? console.info : console.warn;
    say(`<anprobe-viewer> ${code}: ${message}${path && ` (at ${path})`}; ${remedy}`);
  }

  /** @param {number} now milliseconds */
  frame(now) {
    this.call((raw) => raw.frame(now / 1000, getComputedStyle(this.shell.element).background));
  }

  /**
   * Calls into Rust. What comes flying out of it is the end of that instance.
   * @template T
   * @param {(raw: any) => T} act
   * @returns {T | undefined}
   */
  call(act) {
    if (!this.raw) return undefined;
    try {
      return act(this.raw);
    } catch (error) {
      this.stage.fall('VIEWER_TRAP', error, this);
      return undefined;
    }
  }

  /**
   * Gets off the stage.
   * @param {boolean} free false when the instance is gone
   */
  close(free) {
    const raw = this.raw;
    this.raw = undefined;
    clearTimeout(this.alarm);
    for (const controller of this.requests.values()) controller.abort();
    this.requests.clear();
    this.stage.leave(this);
    if (!free) return;
    try {
      raw?.free();
    } catch (error) {
      this.stage.fall('VIEWER_TRAP', error, this);
    }
  }

  /**
   * Runs one request to its answer, unless it is aborted meanwhile.
   * @param {number} request
   * @param {(signal: AbortSignal) => Promise<[answer: (raw: any) => void, release?: () => void]>} work
   */
  async run(request, work) {
    const controller = new AbortController();
    this.requests.set(request, controller);
    let answer, release;
    try {
      [answer, release] = await work(controller.signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      answer = (/** @type {any} */ raw) => raw.failed(request, reason);
    }
    if (this.requests.get(request) === controller) {
      this.requests.delete(request);
      this.call(answer);
    }
    release?.();
  }

  /** @param {number} request @param {string} url @param {string | undefined} base @param {AbortSignal} signal */
  async download(request, url, base, signal) {
    const page = document.baseURI;
    const address = new URL(url, base ? new URL(base, page) : page);
    const credentials = this.shell.element.hasAttribute('with-credentials') ? 'include' : 'same-origin';
    const response = await fetch(address, { signal, credentials }).catch((error) => {
      throw new Error(signal.aborted ? 'aborted' : `no answer from ${address.origin} (${error.message})`);
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // The length of a compressed answer is not that of its contents.
    const total = response.headers.get('content-encoding') ? 0 : Number(response.headers.get('content-length'));
    let received = 0;
    const counted = response.body?.pipeThrough(new TransformStream({
      transform: (chunk, controller) => {
        received += chunk.byteLength;
        if (received > MOST_BYTES) throw new Error('more than 512 MB');
        this.call((raw) => raw.progress(request, received, total));
        controller.enqueue(chunk);
      },
    }));
    return new Uint8Array(await new Response(counted).arrayBuffer());
  }

  /**
   * @param {number} request @param {Uint8Array<ArrayBuffer>} bytes @param {string} [mime]
   * @returns {Promise<[answer: (raw: any) => void, release: () => void]>}
   */
  async picture(request, bytes, mime = '') {
    const blob = new Blob([bytes], { type: mime });
    /** Straight alpha and stored numbers, as glTF wants them. @type {ImageBitmapOptions} */
    const options = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };
    let bitmap = await createImageBitmap(blob, options);
    const scale = this.stage.longest / Math.max(bitmap.width, bitmap.height);
    if (scale < 1) {
      const large = bitmap;
      const resizeWidth = Math.max(1, Math.floor(large.width * scale));
      const resizeHeight = Math.max(1, Math.floor(large.height * scale));
      bitmap = await createImageBitmap(large, { ...options, resizeWidth, resizeHeight, resizeQuality: 'high' });
      large.close();
    }
    return [(raw) => {
      if (!raw.picture(request, bitmap)) {
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        const pixels = context?.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
        if (pixels) raw.pixels(request, width, height, new Uint8Array(pixels.data.buffer));
        else raw.failed(request, 'the picture could not be copied');
      }
    }, () => bitmap.close()];
  }
}
