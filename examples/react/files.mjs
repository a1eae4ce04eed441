// Anprobe's files are served as they are, beside the application: the element fetches what a device needs from its own folder.
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = process.env.ANPROBE_DIST ?? fileURLToPath(new URL('../../dist/', import.meta.url));
const here = fileURLToPath(new URL('./public/', import.meta.url));
rmSync(here, { recursive: true, force: true });
cpSync(dist, `${here}anprobe`, { recursive: true, filter: (path) => !/[\\/]demo([\\/]|$)/.test(path) && !path.endsWith('.br') });
for (const name of ['lamp.json', 'lamp.glb']) cpSync(`${dist}/demo/assets/${name}`, `${here}products/${name}`);
