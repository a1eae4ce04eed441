import type { AnprobePanel as Panel, AnprobeViewer } from './anprobe.js';

/** The class of `<anprobe-panel>`, which importing this module defines. */
export const AnprobePanel: { new (): Panel; prototype: Panel };
export type AnprobePanel = Panel;

/** A link to what a viewer shows, or to another configuration: the page's address with `#config=CODE`. */
export function linkTo(viewer: AnprobeViewer, code?: string): string;
/**
 * Takes what the page's address says (`#config=CODE`, `#a=CODE&b=CODE`), now and when it changes, until the signal.
 * @param unread what happens when a code cannot be read
 */
export function readAddress(viewer: AnprobeViewer, signal?: AbortSignal, unread?: () => void): void;
