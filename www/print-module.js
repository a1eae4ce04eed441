/** @import { Made, Task } from './print-run.js' */
import { Beside, rest } from './beside.js';
import { run } from './print-run.js';

/** On the page: a frame at 60 Hz is 17. A slice may be longer than the one before let hope. */
const SLICE_MS = 12;

/** The module that prints. */
const work = new Beside('work', 'print_worker.js', 'anprobe-print');

/**
 * Carries out a task.
 * @param {Task} task @param {AbortSignal | undefined} signal ends it @param {(done: number) => void} told from 0 to 1
 * @returns {Promise<Made>}
 */
export async function carriedOut(task, signal, told) {
  const module = await work.module(signal);
  const worker = await work.hired(signal);
  if (!worker) {
    return work.here(module, (bound) => run(bound, task, SLICE_MS, async (done) => {
      told(done);
      await rest();
      signal?.throwIfAborted();
    }));
  }
  const arrays = task.pieces.flatMap(({ shares, pictures }) => [
    ...shares.flatMap(([, ...numbers]) => numbers), ...pictures.flatMap((picture) => picture?.rgba ?? []),
  ].map(({ buffer }) => buffer));
  return work.there(worker, { module, task }, arrays, signal, ({ done }) => told(done));
}
