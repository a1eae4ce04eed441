/**
 * Anprobe: `<anprobe-viewer>`, a product that customers can turn, in one element.
 *
 *     <script type="module" src="anprobe.js"></script>
 *     <anprobe-viewer src="lamp.glb" alt="A desk lamp" camera-controls></anprobe-viewer>
 *
 * Importing does no work: nothing is fetched before an element with a `src` comes near the viewport. On a server,
 * where there is no DOM, the import succeeds and defines nothing.
 */
import { AnprobeViewer } from './viewer.js';

if (globalThis.customElements && !customElements.get('anprobe-viewer')) {
  customElements.define('anprobe-viewer', AnprobeViewer);
}

export { AnprobeViewer };
