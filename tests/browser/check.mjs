// SPDX-License-Identifier: MIT
// Cases with sentences for names, counted as tests/run wants it.
import { isDeepStrictEqual, inspect } from 'node:util';

const count = { passed: 0, failed: 0, skipped: 0 };

export async function test(name, body) {
  const begun = Date.now();
  try {
    await body();
    count.passed++;
    console.log(`ok ${name} (${Date.now() - begun} ms)`);
  } catch (e) {
    count.failed++;
    console.log(`not ok ${name}\n    ${String(e.stack || e).replace(/\n/g, '\n    ')}`);
  }
}

export function skip(why) {
  count.skipped++;
  console.log(`skip: ${why}`);
}

// Long texts are cut to where they begin to differ.
export function same(got, wanted, what = '') {
  if (got?.length > 300 && typeof got === 'string' && typeof wanted === 'string') {
    let at = 0;
    while (at < got.length && got[at] === wanted[at]) at++;
    [got, wanted] = [got, wanted].map((t) => (at ? '…' : '') + t.slice(Math.max(at - 30, 0), at + 90));
  }
  if (!isDeepStrictEqual(got, wanted))
    throw new Error(`${what}\n${inspect(got, { depth: 9 })}\nis not\n${inspect(wanted, { depth: 9 })}`);
}

export function holds(fact, what) {
  if (!fact) throw new Error(what);
}

export function finish() {
  const { passed, failed, skipped } = count;
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed || !passed ? 1 : 0;
}
