// Contact sheets and tables.
import { PNG } from 'pngjs';

const AMPLIFY = 4;
const THUMB_PX = 232;
const CELL_PX = THUMB_PX + 6;
/** In one photograph. */
const ROWS = 5;

/** How much two pictures differ, four times as strong, dark where they agree. */
export function contrast(a, b) {
  const png = new PNG({ width: a.width, height: a.height });
  for (let at = 0; at < a.data.length; at += 1) {
    png.data[at] = at % 4 === 3 ? 255 : Math.min(255, AMPLIFY * Math.abs(a.data[at] - b.data[at]));
  }
  return PNG.sync.write(png);
}

const NAMES = { peer: 'model-viewer', webgpu: 'Anprobe WebGPU', webgl: 'Anprobe WebGL2' };
const DRAWN = Object.keys(NAMES);

function cell(png, lines) {
  const picture = png ? `<img src="data:image/png;base64,${png.toString('base64')}">` : '<div class="none">–</div>';
  return `<td>${picture}<p>${lines.join('<br>')}</p></td>`;
}

const figures = (of) => (of
  ? [`ΔE ${of.deltaE.toFixed(2)} · SSIM ${of.ssimSilhouette.toFixed(3)}`, `whole ${of.ssim.toFixed(3)} · ${of.psnr.toFixed(1)} dB · IoU ${of.iou.toFixed(3)}`]
  : ['not drawn']);

const HEAD = '<tr><th>Khronos<th>model-viewer<th>Anprobe WebGPU<th>Anprobe WebGL2<th colspan="3">difference to Khronos</tr>';

/** A page with one row for each model. */
function page(rows, head) {
  const body = rows.map((row) => {
    const { shots } = row;
    const cells = [cell(shots.reference.picture.png, [`<b>${row.name}</b>, ${row.light} light`, ...row.misses.map((miss) => `<i>${miss}</i>`)])];
    for (const name of DRAWN) cells.push(cell(shots[name]?.picture.png, figures(row[name])));
    for (const name of DRAWN) {
      cells.push(cell(shots[name] && contrast(shots.reference.picture, shots[name].picture), [NAMES[name], `difference × ${AMPLIFY}`]));
    }
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0 8px; font: 12px/1.25 sans-serif } table { table-layout: fixed; width: ${7 * CELL_PX}px; border-spacing: 0 }
    td, th { vertical-align: top; padding: 2px } p { margin: 2px 0 6px } i { color: #b00; font-style: normal }
    img, .none { width: ${THUMB_PX}px; height: ${THUMB_PX}px; display: block; outline: 1px solid #ccc }
  </style><table>${head ? HEAD : ''}${body.join('')}</table>`;
}

/** The sheet as PNG. Photographed in parts and put together: the browser tears very tall pages. */
export async function sheet(browser, rows) {
  const width = 7 * CELL_PX + 16;
  const context = await browser.newContext({ viewport: { width, height: 100 }, deviceScaleFactor: 1 });
  const tab = await context.newPage();
  const parts = [];
  for (let from = 0; from < rows.length; from += ROWS) {
    await tab.setContent(page(rows.slice(from, from + ROWS), from === 0));
    parts.push(PNG.sync.read(await tab.screenshot({ fullPage: true })));
  }
  await context.close();
  const whole = new PNG({ width, height: parts.reduce((sum, part) => sum + part.height, 0) });
  let y = 0;
  for (const part of parts) {
    PNG.bitblt(part, whole, 0, 0, width, part.height, 0, y);
    y += part.height;
  }
  return PNG.sync.write(whole);
}

const number = (value, digits) => (value === undefined ? '–' : value.toFixed(digits));

/** Markdown for one light. */
export function table(light, rows) {
  const lines = [
    `## ${light} light`, '',
    '| model | model-viewer ΔE | WebGPU ΔE | WebGL2 ΔE | model-viewer SSIM | WebGPU SSIM | WebGL2 SSIM | whole SSIM | PSNR dB | IoU | backends ΔE | native ΔE | misses |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|',
  ];
  for (const row of rows) {
    const { peer, webgpu, webgl } = row;
    lines.push(`| ${[
      row.name, number(peer?.deltaE, 2), number(webgpu?.deltaE, 2), number(webgl?.deltaE, 2), number(peer?.ssimSilhouette, 3),
      number(webgpu?.ssimSilhouette, 3), number(webgl?.ssimSilhouette, 3), number(webgpu?.ssim, 3), number(webgpu?.psnr, 1),
      number(webgpu?.iou, 3), number(row.backends, 2), number(row.native, 2), row.misses.join('; '),
    ].join(' | ')} |`);
  }
  return lines.join('\n');
}
