import { defineConfig } from 'vite';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  // Under a strict Content Security Policy nothing may be inlined.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
