// SPDX-License-Identifier: MIT
// Take the pictures of docs/pages.md: make screenshots. What is on them is the
// article in docs/demo, and a history made of it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../tests/browser/chromium.mjs';
import { archive, program } from '../tests/browser/texts.mjs';

const top = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'stemma-pictures-'));
const pictures = join(top, 'docs', 'screenshots');

// Below which part of the page the picture begins, if not at its top.
async function take(browser, name, page, { below, click, ...how }) {
  const opened = await browser.open(join(folder, page), how);
  await opened.run((b, c) => {
    if (c) document.querySelectorAll(c[0])[c[1]].click();
    if (b) scrollTo(0, document.querySelector(b).getBoundingClientRect().top);
    return new Promise((done) => setTimeout(done, 300));
  }, below, click);
  writeFileSync(join(pictures, `${name}.png`), await opened.picture());
  await opened.close();
}

mkdirSync(pictures, { recursive: true });
program.folder = join(top, 'docs', 'demo');
const browser = await Browser.start();
try {
  writeFileSync(join(folder, 'compare.html'), program('compare', '--format=html', 'old.txt', 'new.txt'));
  archive(folder);
  writeFileSync(join(folder, 'history.html'), program('report', 'night-ferry'));
  await take(browser, 'compare', 'compare.html', { width: 1080, height: 900 });
  await take(browser, 'side-by-side', 'compare.html',
    { width: 1280, height: 640, dark: true, hash: '#,side', below: '.bar' });
  await take(browser, 'phone', 'compare.html', { width: 360, height: 720, below: '.bar' });
  await take(browser, 'history', 'history.html', { width: 1080, height: 900 });
  await take(browser, 'card', 'history.html', { width: 1080, height: 560, below: '#age', click: ['#n4 span[class^=a]', 1] });
  const page = await browser.open(join(folder, 'compare.html'));
  writeFileSync(join(folder, 'paper.pdf'), await page.print());
  spawnSync('pdftoppm', ['-png', '-r', '72', '-f', '1', '-l', '1', '-singlefile',
    join(folder, 'paper.pdf'), join(pictures, 'paper')]);
} finally {
  await browser.stop();
  rmSync(folder, { recursive: true, force: true });
}
