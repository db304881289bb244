// Whoever runs no scripts can read the page.

// Scripts may add a button here and there, not the text.
const LEAST_SHARE = 0.9;

export const mainText = page => page.evaluate(() => {
  const main = document.querySelector('main');
  return main === null ? '' : main.innerText.replace(/\s+/g, ' ').trim();
});

/** `page` is one opened without scripts, `text` is the main text with them. */
export async function judge(page, text) {
  const without = await mainText(page);
  if (without.length > 0 && without.length >= text.length * LEAST_SHARE) {
    return [];
  }
  return [{rule: 'no-script', selector: 'main', help: 'without scripts the main text is ' +
    `${without.length} characters long, with them ${text.length}`}];
}
