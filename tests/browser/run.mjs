// SPDX-License-Identifier: MIT
// All tests of pages in one browser: tests/check-browser starts this.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finish, test } from './check.mjs';
import { Browser } from './chromium.mjs';
import { pages } from './texts.mjs';

// A browser that says nothing more is a failure, not a wait without an end.
setTimeout(() => {
  console.log('not ok the tests come to an end within ten minutes');
  process.exit(1);
}, 600_000).unref();

const folder = mkdtempSync(join(tmpdir(), 'stemma-pages-'));
const browser = await Browser.start();
try {
  const made = pages(folder);
  const wanted = process.argv.slice(2);
  for (const name of wanted.length ? wanted : ['quiet', 'keys', 'looks', 'paper', 'story'])
    await (await import(`./${name}.mjs`)).default(browser, made, folder);
} catch (e) {
  await test('the tests run to their end', () => { throw e; });
} finally {
  await browser.stop();
  rmSync(folder, { recursive: true, force: true });
}
finish();
