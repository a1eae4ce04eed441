// The tags `<anprobe-viewer>` and `<anprobe-panel>` in TSX, with their attributes and events.
import type {} from '../public/anprobe/anprobe.react';
