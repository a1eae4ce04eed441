import { AnprobeViewer } from './anprobe.js';

/** The class of `<model-viewer>`, which importing this module defines where nobody has: the same element for pages that were made for Google's. */
export class ModelViewerElement extends AnprobeViewer {
  /** Every address of a model, its parts and its panoramas goes through this before it is fetched. Before the first element. */
  static mapURLs(change: (address: string) => string): void;
  /** Taken, and without effect: decoders come with the element. */
  static dracoDecoderLocation: string;
  /** Taken, and without effect. */
  static ktx2TranscoderLocation: string;
  /** Taken, and without effect. */
  static meshoptDecoderLocation: string;
  /** Taken, and without effect: there is no Lottie. */
  static lottieLoaderLocation: string;
  /** Taken, and without effect. */
  static powerPreference: string;
  /** Taken, and without effect: models are kept by what they weigh. */
  static modelCacheSize: number;
  /** Taken, and without effect: resolution follows the pace of the graphics. */
  static minimumRenderScale: number;
  /** What those hear who do not see the view: an object, or its JSON, by model-viewer's keys (`upper-front`, `interaction-prompt`). */
  a11y: string | Record<string, string> | null;
}

declare global {
  interface HTMLElementTagNameMap {
    'model-viewer': ModelViewerElement;
  }
}
