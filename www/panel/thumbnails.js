/** @import { AnprobeViewer } from '../anprobe.js' */

/**
 * Pictures of each choice of a group. A stand-in that draws nothing, until there is the renderer's own.
 * @param {AnprobeViewer} viewer @param {string} group
 * @param {{ round: boolean, sizePx: number, signal: AbortSignal, draw: (choice: string, canvas: HTMLCanvasElement) => void }} options
 */
export function thumbnails(viewer, group, options) {
  void [viewer, group, options];
}
