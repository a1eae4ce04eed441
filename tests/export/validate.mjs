// The Khronos validator's opinion of every GLB in a folder: neither errors nor warnings.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import validator from 'gltf-validator';

const [folder] = process.argv.slice(2);
let faults = 0;
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.glb')).sort()) {
  const report = await validator.validateBytes(new Uint8Array(await readFile(join(folder, file))), { uri: file, maxIssues: 20 });
  for (const { severity, code, message, pointer } of report.issues.messages) {
    if (severity < 2) {
      faults += 1;
      console.log(`${file} ${pointer ?? ''}: ${code} ${message}`);
    }
  }
}
process.exit(faults ? 1 : 0);
