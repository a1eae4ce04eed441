/** A point or size in metres. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** As attributes take it: `1m 2m 3m`. */
  toString(): string;
}

/** Where the camera is around its target. */
export interface CameraOrbit {
  /** Around +Y, radians. */
  readonly theta: number;
  /** From +Y down, radians. */
  readonly phi: number;
  /** Metres. */
  readonly radius: number;
  /** As `camera-orbit` takes it: `0.5rad 1.3rad 2m`. */
  toString(): string;
}

/** What went wrong; `code` never changes its spelling. */
export interface ErrorDetail {
  type: 'loadfailure' | 'webglcontextlost';
  code: string;
  /** The spot in the file as a JSON pointer; empty for the whole. */
  path: string;
  message: string;
  /** What can be done about it. */
  remedy: string;
  sourceError: unknown;
}

/** The events of `<anprobe-viewer>`; none bubbles. */
export interface AnprobeViewerEventMap {
  'load': CustomEvent<{ url: string }>;
  'error': CustomEvent<ErrorDetail>;
  'progress': CustomEvent<{ totalProgress: number; reason: 'model-load' | 'environment-update' | 'variant-update' }>;
  'camera-change': CustomEvent<{ source: 'user-interaction' | 'automatic' | 'none' }>;
  'model-visibility': CustomEvent<{ visible: boolean }>;
  'poster-dismissed': CustomEvent<null>;
  'variant-applied': CustomEvent<null>;
  'environment-change': CustomEvent<null>;
  'play': CustomEvent<null>;
  'pause': CustomEvent<null>;
  'loop': CustomEvent<{ count: number; name: string }>;
  'finished': CustomEvent<null>;
}

/** A product that customers can turn: `<anprobe-viewer>`. Every attribute is also a property. */
export class AnprobeViewer extends HTMLElement {
  /** Every attribute that the element reads. */
  static readonly observedAttributes: readonly string[];
  /** All words, by language and key; assigning adds to them. */
  static words: Record<string, Record<string, string>>;
  /** This element's own words, by key. */
  words: Record<string, string>;

  /** The address of a `.glb` or `.gltf`. */
  src: string | null;
  /** What the product is, for those who do not see it. */
  alt: string | null;
  /** A picture to show until the model stands. */
  poster: string | null;
  reveal: 'auto' | 'manual' | (string & {});
  loading: 'auto' | 'lazy' | 'eager' | (string & {});
  withCredentials: boolean;
  backend: 'auto' | 'webgpu' | 'webgl' | (string & {});
  camera: string | null;
  cameraControls: boolean;
  cameraOrbit: string;
  cameraTarget: string;
  fieldOfView: string;
  minCameraOrbit: string;
  maxCameraOrbit: string;
  minFieldOfView: string;
  maxFieldOfView: string;
  /** Milliseconds. */
  interpolationDecay: number;
  orbitSensitivity: number;
  zoomSensitivity: number;
  panSensitivity: number;
  touchAction: 'none' | 'pan-x' | 'pan-y' | (string & {});
  disableZoom: boolean;
  disablePan: boolean;
  disableTap: boolean;
  interactionPrompt: 'auto' | 'none' | (string & {});
  /** Milliseconds. */
  interactionPromptThreshold: number;
  autoRotate: boolean;
  /** Milliseconds. */
  autoRotateDelay: number;
  rotationPerSecond: string;
  environmentImage: string | null;
  skyboxImage: string | null;
  skyboxHeight: string;
  exposure: number;
  toneMapping: 'auto' | 'neutral' | 'aces' | 'agx' | 'reinhard' | 'linear' | (string & {});
  shadowIntensity: number;
  shadowSoftness: number;
  autoplay: boolean;
  animationName: string | undefined;
  /** Milliseconds. */
  animationCrossfadeDuration: number;
  variantName: string | null;
  orientation: string;
  scale: string;

  /** Whether the model's picture stands. */
  readonly loaded: boolean;
  readonly modelIsVisible: boolean;
  readonly availableVariants: string[];
  readonly availableAnimations: string[];
  /** What `camera` may say: names, or numbers of cameras without. */
  readonly availableCameras: string[];
  readonly paused: boolean;
  /** Seconds. */
  readonly duration: number;
  /** Seconds. */
  currentTime: number;
  timeScale: number;
  /** Radians. */
  readonly turntableRotation: number;

  getCameraOrbit(): CameraOrbit;
  getCameraTarget(): Point;
  /** Degrees. */
  getFieldOfView(): number;
  /** Degrees. */
  getMinimumFieldOfView(): number;
  /** Degrees. */
  getMaximumFieldOfView(): number;
  /** Width by height. */
  getIdealAspect(): number;
  getDimensions(): Point;
  getBoundingBoxCenter(): Point;
  jumpCameraToGoal(): void;
  updateFraming(): Promise<void>;
  zoom(keyPresses: number): void;
  resetTurntableRotation(theta?: number): void;
  play(options?: { repetitions?: number; pingpong?: boolean }): void;
  pause(): void;
  dismissPoster(): void;
  showPoster(): void;
  toBlob(options?: {
    mimeType?: string;
    qualityArgument?: number;
    idealAspect?: boolean;
    /** Pixels; the element's own size without it. */
    width?: number;
    /** Pixels; the element's own size without it. */
    height?: number;
  }): Promise<Blob>;
  toDataURL(type?: string, encoderOptions?: number): string;

  addEventListener<K extends keyof AnprobeViewerEventMap>(
    type: K,
    listener: (this: AnprobeViewer, event: AnprobeViewerEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof AnprobeViewerEventMap>(
    type: K,
    listener: (this: AnprobeViewer, event: AnprobeViewerEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'anprobe-viewer': AnprobeViewer;
  }
}
