// SPDX-License-Identifier: MIT
// Pages on paper, as Chromium prints them and pdftotext reads them.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { holds, same, skip, test } from './check.mjs';
import { said } from './reading.mjs';
import { versions } from './texts.mjs';

export default async function paper(browser, pages, folder) {
  if (spawnSync('pdftotext', ['-v']).error) {
    skip('no pdftotext: paper is not read');
    return;
  }
  for (const script of [true, false]) {
    await test(`paper has the whole text, its signs and its sources, ${script ? 'with' : 'without'} script`, async () => {
      const page = await browser.open(pages.demo, { dark: true, script });
      const file = join(folder, 'page.pdf');
      writeFileSync(file, await page.print());
      const text = spawnSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-']).stdout.toString();
      const flat = text.replace(/\s+/g, '').replace(/["“”]/g, '');
      // Words of every paragraph of both versions, folded stories among them.
      for (const version of versions().demo)
        for (const line of version.toString().split('\n').filter(Boolean)) {
          const end = said(Buffer.from(line.split(' ').slice(-4).join(' '))).replace(/["“”]/g, '');
          holds(flat.includes(end), `not on paper: ${end}`);
        }
      holds(flat.includes('[−rejects−][+putsoff+]'), 'no signs of the changes');
      for (const version of versions().demo)
        holds(flat.includes(createHash('sha256').update(version).digest('hex')), 'no hash');
      for (const button of ['Side by side', 'Previous', 'To the text'])
        holds(!text.includes(button), `on paper: ${button}`);
      same(await page.run(() => [document.querySelector('details.st').open,
        getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)']), [false, true], 'afterwards');
      await page.close();
    });
  }
}
