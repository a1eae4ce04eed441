// The tags `<anprobe-viewer>` and `<anprobe-panel>` in TSX, with their attributes and events.
import '../public/anprobe/anprobe_react.d.ts';
