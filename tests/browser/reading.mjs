// SPDX-License-Identifier: MIT
// What a reader sees of a page's texts. The functions run in the page.

// Shows a view, as a click on its button does.
export const show = (view) => document.querySelector(`[data-view=${view}]`).click();

// What is seen of one side, white space and forms of controls apart, as the
// view has it: 'old' and 'new' are whole, 'side' has a column for each, and else
// insertions and deletions tell them apart. Where nothing hides the copy of what
// moved, each side has its own place of it.
export function seen(side, view, sorted) {
  const other = side === 'old' ? 'new' : 'old';
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement;
    const cell = at.closest('.t');
    if (!cell || at.closest('.x,.pb,.ghost') || !at.checkVisibility()) continue;
    if (view === 'side' && !cell.classList.contains(side === 'old' ? 'L' : 'R')) continue;
    if (view === 'inline' && at.closest(side === 'old' ? 'ins' : 'del')) continue;
    if (view === 'none' && (at.closest(`[data-side=${other}]`)
      || at.closest(side === 'old' ? 'ins' : 'del'))) continue;
    text += node.data;
  }
  text = text.replace(/\s+/g, '');
  return sorted ? [...text].sort().join('') : text;
}

// The same of the bytes of a version: what the page shows by its number is left
// out, and white space.
export function said(bytes, sorted) {
  const text = bytes.toString('utf8')
    .replace(/[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\s]/gu, '');
  return sorted ? [...text].sort().join('') : text;
}
