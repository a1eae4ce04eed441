/** @import { Room, Way } from './ar.js' */
import { Menu } from './ar-menu.js';

/** One session of WebXR: what the device tells goes to Rust, frame by frame, and what Rust wants goes to the device. */

/** WebXR's own types are in no library of the compiler. @typedef {any} XR */

/** Tags of what is told; see `Moment::read` in Rust. */
const EYE = 0;
const HIT = 1;
const POINTER = 2;
const ANCHOR = 3;
const LIGHT = 4;
const FLOOR = 5;
const PLANE = 6;
const EMULATED = 7;
/** Hits of the line of sight that are looked at. */
const HITS = 4;

/** What a session is asked for. @param {Way} way @param {HTMLElement} root @param {Element} element */
export function options(way, root, element) {
  if (way === 'immersive-vr') return { requiredFeatures: ['local'], optionalFeatures: ['local-floor'] };
  const optionalFeatures = ['local-floor', 'hit-test', 'anchors', 'dom-overlay', 'depth-sensing', 'plane-detection'];
  if (element.hasAttribute('xr-environment')) optionalFeatures.push('light-estimation');
  return {
    requiredFeatures: ['local'],
    optionalFeatures,
    domOverlay: { root },
    depthSensing: { usagePreference: ['cpu-optimized'], dataFormatPreference: ['luminance-alpha', 'float32'] },
  };
}

export class Session {
  /** @param {Room} room @param {XR} given @param {Way} way */
  constructor(room, given, way) {
    this.room = room;
    this.given = given;
    this.way = way;
    /** @type {XR} */
    this.space = undefined;
    /** @type {XR} */
    this.layer = undefined;
    this.levelled = false;
    /** Whether the device measures depth where the page can read it. */
    this.senses = false;
    /** What comes once a session, if at all. @type {{ sight?: XR, touch?: XR, probe?: XR }} */
    this.sources = {};
    /** Hits of each controller's ray. @type {Map<XR, XR>} */
    this.rays = new Map();
    /** @type {WeakMap<object, number>} */
    this.ids = new WeakMap();
    this.next = 1;
    /** The place that is kept. @type {XR} */
    this.anchor = undefined;
    /** One that was asked for between two frames, which alone can make it. @type {ArrayLike<number> | undefined} */
    this.due = undefined;
    this.asked = 0;
    /** The frame that is under way. @type {XR} */
    this.now = undefined;
    /** @type {number[]} */
    this.told = [];
    this.over = false;
    /** The menu in the room, where there is one. @type {Menu | undefined} */
    this.menu = undefined;
    this.listens = new AbortController();
    const { signal } = this.listens;
    given.addEventListener('end', () => this.ended(), { signal });
    given.addEventListener('selectstart', (/** @type {XR} */ event) => this.press(event, true), { signal });
    given.addEventListener('selectend', (/** @type {XR} */ event) => this.press(event, false), { signal });
    given.addEventListener('inputsourceschange', (/** @type {XR} */ event) => this.inputs(event), { signal });
  }

  /** On the head, or in the hand. */
  get worn() {
    const { given } = this;
    return given.interactionMode ? given.interactionMode === 'world-space' : !given.domOverlayState && given.environmentBlendMode !== 'alpha-blend';
  }

  async begin() {
    const { room, given } = this;
    const stage = await room.handover.warm();
    if (this.over) return;
    const host = room.handover.lead(stage);
    const gl = /** @type {any} */ (stage.canvas?.getContext('webgl2'));
    // No frame may come after it.
    stage.canvas?.addEventListener('webglcontextlost', () => this.stop(), { signal: this.listens.signal });
    await gl.makeXRCompatible?.();
    if (this.over) return;
    const Layer = /** @type {any} */ (globalThis).XRWebGLLayer;
    this.layer = new Layer(given, gl, { alpha: true, antialias: false, depth: false, stencil: false });
    await given.updateRenderState({ baseLayer: this.layer });
    this.space = await given.requestReferenceSpace('local-floor').then((/** @type {XR} */ space) => {
      this.levelled = true;
      return space;
    }, () => given.requestReferenceSpace('local'));
    if (this.over) return;
    this.space.addEventListener('reset', () => this.order('replace'), { signal: this.listens.signal });
    const has = await this.equip();
    if (this.over) return;
    host.call((raw) => raw.sessionBegan([...has, this.way === 'immersive-vr' && 'immersive', this.worn && 'worn', given.domOverlayState && 'dom-overlay'].filter(Boolean).join(' ')));
    if (this.worn && !given.domOverlayState) {
      this.menu = new Menu(room);
      this.menu.update();
    }
    given.requestAnimationFrame((/** @type {number} */ now, /** @type {XR} */ frame) => this.frame(now, frame));
  }

  /** Asks for what the device may have. @returns {Promise<string[]>} what it has */
  async equip() {
    const { given, sources } = this;
    const has = [];
    /** @param {Promise<XR> | undefined} asked */
    const maybe = async (asked) => {
      try {
        return await asked;
      } catch {
        return undefined;
      }
    };
    const viewer = await maybe(given.requestReferenceSpace('viewer'));
    if (viewer && given.requestHitTestSource && this.may('hit-test')) sources.sight = await maybe(asked(() => given.requestHitTestSource({ space: viewer })));
    if (sources.sight) {
      has.push('hit-test');
      sources.touch = await maybe(asked(() => given.requestHitTestSourceForTransientInput?.({ profile: 'generic-touchscreen' })));
    }
    if (given.requestLightProbe && this.may('light-estimation')) sources.probe = await maybe(asked(() => given.requestLightProbe()));
    if (this.may('anchors') && /** @type {any} */ (globalThis).XRFrame?.prototype.createAnchor) has.push('anchors');
    this.senses = this.may('depth-sensing') && given.depthUsage === 'cpu-optimized';
    for (const source of given.inputSources ?? []) this.follow(source);
    return has;
  }

  /** Older browsers do not say what they granted. @param {string} feature */
  may(feature) {
    return this.given.enabledFeatures?.includes(feature) ?? true;
  }

  /** @param {XR} event */
  inputs({ added, removed }) {
    for (const source of removed) {
      this.rays.get(source)?.cancel?.();
      this.rays.delete(source);
    }
    for (const source of added) this.follow(source);
  }

  /** Where a controller's ray meets the room. @param {XR} source */
  follow(source) {
    if (!this.sources.sight || source.targetRayMode !== 'tracked-pointer' || this.rays.has(source)) return;
    this.rays.set(source, undefined);
    asked(() => this.given.requestHitTestSource({ space: source.targetRaySpace })).then((/** @type {XR} */ hits) => {
      if (this.over || !this.rays.has(source)) hits?.cancel?.();
      else this.rays.set(source, hits);
    }, () => {});
  }

  /** @param {object} source */
  id(source) {
    let known = this.ids.get(source);
    if (!known) this.ids.set(source, known = this.next++);
    return known;
  }

  /** @param {XR} event @param {boolean} down */
  press({ frame, inputSource }, down) {
    if (!this.space || inputSource.targetRayMode === 'gaze') return;
    const pose = frame.getPose(inputSource.targetRaySpace, this.space);
    if (!pose) return;
    const onScreen = inputSource.targetRayMode === 'screen';
    this.room.call((raw) => raw.sessionPressed(this.id(inputSource), onScreen, down, pose.transform.matrix));
  }

  /** @param {number} now milliseconds @param {XR} frame */
  frame(now, frame) {
    if (this.over) return;
    const { room, given, layer } = this;
    const host = room.handover.host;
    // The context is gone, and a picture would be black for ever.
    if (!host?.raw) return void this.stop();
    given.requestAnimationFrame((/** @type {number} */ later, /** @type {XR} */ next) => this.frame(later, next));
    this.now = frame;
    if (this.due) this.keep(this.due);
    this.tell(frame);
    const { framebuffer, framebufferWidth: width, framebufferHeight: height } = layer;
    host.call((raw) => raw.sessionFrame(now / 1000, new Float32Array(this.told), framebuffer ?? undefined, width, height));
    this.now = undefined;
  }

  /** @param {XR} frame */
  tell(frame) {
    const { told, space, layer, given, sources } = this;
    told.length = 0;
    const seen = frame.getViewerPose(space);
    for (const view of seen?.views ?? []) {
      const place = layer.getViewport(view);
      if (place) told.push(EYE, ...view.transform.matrix, ...view.projectionMatrix, place.x, place.y, place.width, place.height);
    }
    if (seen?.emulatedPosition) told.push(EMULATED);
    if (this.senses) this.sense(frame, seen?.views ?? []);
    if (this.levelled) told.push(FLOOR, 0);
    if (sources.sight) for (const hit of frame.getHitTestResults(sources.sight).slice(0, HITS)) this.put(HIT, hit.getPose(space));
    const touched = new Map();
    for (const { inputSource, results } of sources.touch ? frame.getHitTestResultsForTransientInput(sources.touch) : []) touched.set(inputSource, results[0]);
    for (const source of given.inputSources) {
      if (source.targetRayMode === 'gaze') continue;
      const ray = frame.getPose(source.targetRaySpace, space);
      if (!ray) continue;
      const hits = this.rays.get(source);
      const hit = (touched.get(source) ?? (hits && frame.getHitTestResults(hits)[0]))?.getPose(space);
      const onScreen = source.targetRayMode === 'screen';
      const axes = onScreen ? [] : source.gamepad?.axes ?? [];
      told.push(POINTER, this.id(source), onScreen ? 0 : 1, axes[2] ?? axes[0] ?? 0, ...ray.transform.matrix);
      if (hit) told.push(1, ...hit.transform.matrix);
      else told.push(0);
    }
    if (this.anchor) this.put(ANCHOR, frame.getPose(this.anchor.anchorSpace, space));
    const light = sources.probe && frame.getLightEstimate?.(sources.probe);
    if (light) {
      const { primaryLightDirection: from, primaryLightIntensity: much, sphericalHarmonicsCoefficients: all } = light;
      if (all?.length >= 27) told.push(LIGHT, from.x, from.y, from.z, much.x, much.y, much.z, ...all.subarray(0, 27));
    }
    for (const plane of frame.detectedPlanes ?? []) {
      const pose = frame.getPose(plane.planeSpace, space);
      if (!pose) continue;
      told.push(PLANE, ...pose.transform.matrix, plane.polygon.length);
      for (const { x, z } of plane.polygon) told.push(x, z);
    }
  }

  /** How far away the room is, for each eye. @param {XR} frame @param {XR[]} views */
  sense(frame, views) {
    views.forEach((view, eye) => {
      let map;
      try {
        map = frame.getDepthInformation(view);
      } catch {
        // Not granted after all.
        this.senses = false;
      }
      if (!map?.data) return;
      const { width, rawValueToMeters, normDepthBufferFromNormView, data } = map;
      this.room.call((raw) => raw.sessionDepth(eye, width, this.given.depthDataFormat === 'float32', rawValueToMeters, normDepthBufferFromNormView.matrix, new Uint8Array(data)));
    });
  }

  /** @param {number} tag @param {XR} pose */
  put(tag, pose) {
    if (pose) this.told.push(tag, ...pose.transform.matrix);
  }

  /** What Rust wants, or a button. @param {string} order @param {Float32Array | number[]} [numbers] */
  order(order, numbers = []) {
    if (order === 'end') return void this.stop();
    if (order === 'release') return this.release();
    if (order === 'anchor') return this.keep(numbers);
    this.room.call((raw) => raw.sessionOrder(order, new Float32Array(numbers)));
  }

  /** @param {ArrayLike<number>} pose */
  keep(pose) {
    const { now } = this;
    // What the last one does counts no more from now on: the device takes its time with the next.
    this.release();
    // A button is pressed between frames.
    if (!now) this.due = pose;
    if (!now?.createAnchor) return;
    const turn = this.asked;
    const Transform = /** @type {any} */ (globalThis).XRRigidTransform;
    const [x, y, z] = [pose[12], pose[13], pose[14]];
    asked(() => now.createAnchor(new Transform({ x, y, z }), this.space)).then((/** @type {XR} */ anchor) => {
      if (this.over || turn !== this.asked) anchor?.delete();
      else this.anchor = anchor;
    }, () => {});
  }

  release() {
    this.asked += 1;
    this.due = undefined;
    this.anchor?.delete();
    this.anchor = undefined;
  }

  /** Ends it. */
  async stop() {
    if (this.over) return;
    await this.given.end().catch(() => {});
    this.ended();
  }

  ended() {
    if (this.over) return;
    this.over = true;
    this.listens.abort();
    for (const hits of [this.sources.sight, this.sources.touch, ...this.rays.values()]) hits?.cancel?.();
    this.rays.clear();
    this.sources = {};
    this.anchor = undefined;
    this.menu?.close();
    this.room.ended();
  }
}

/** What browsers refuse by throwing, they refuse late. @param {() => any} act @returns {Promise<any>} */
async function asked(act) {
  return act();
}
