/**
 * The tags `<anprobe-viewer>` and `<anprobe-panel>` for React 19, which sets properties of custom elements and listens to
 * their events by itself. Once in an application: `import type {} from './anprobe/anprobe.react'`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { AnprobeAttributes, AnprobePanel, AnprobePanelAttributes, AnprobeViewer, AnprobeViewerEventMap } from './anprobe.js';

/** `on` and the event's own name: `onconfiguration-change`. */
type Heard<Element> = {
  [Name in keyof AnprobeViewerEventMap as `on${Name}`]?: (event: AnprobeViewerEventMap[Name] & { readonly currentTarget: Element }) => void;
};
type Tag<Element extends HTMLElement> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, 'onLoad' | 'onError'>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'anprobe-viewer': Tag<AnprobeViewer> & AnprobeAttributes & Heard<AnprobeViewer>;
      'anprobe-panel': Tag<AnprobePanel> & AnprobePanelAttributes;
    }
  }
}
