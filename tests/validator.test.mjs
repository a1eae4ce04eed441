// The sample models, judged by the Khronos glTF validator: neither errors nor warnings.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import validator from 'gltf-validator';

const assets = fileURLToPath(new URL('../assets/', import.meta.url));
const files = (await readdir(assets, { recursive: true })).filter((file) => /\.(glb|gltf)$/.test(file)).sort();

for (const file of files) {
  test(file, async () => {
    const path = join(assets, file);
    const report = await validator.validateBytes(new Uint8Array(await readFile(path)), {
      uri: file,
      externalResourceFunction: async (uri) => new Uint8Array(await readFile(join(dirname(path), decodeURIComponent(uri)))),
    });
    const serious = report.issues.messages.filter((message) => message.severity < 2);
    assert.deepEqual(serious, [], `${file}: ${serious.length} errors and warnings`);
  });
}
