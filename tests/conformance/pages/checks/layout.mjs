// The page fits: narrow screens, large text (WCAG 1.4.10, 1.4.4), and paper.

import {settle} from '../browser.mjs';

const NARROW = {width: 320, height: 640};
const WIDE = {width: 1280, height: 900};
// What readers have by default, in pixels, and twice that.
const TEXT = {standard: 16, fixed: 13};
const LARGE_TEXT = {standard: 32, fixed: 26};

/** The elements that make the page scroll sideways; none if it does not. */
function sticksOut(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const fits = () => document.documentElement.scrollWidth <= width;
    if (fits()) {
      return [];
    }
    const out = [...document.body.querySelectorAll('*')]
      .filter(element => element.getBoundingClientRect().right > width + 0.5);
    // One long word can make everything around it wide: what fits without it is its fault.
    const guilty = out.filter(element => {
      const before = element.style.display;
      element.style.display = 'none';
      const better = fits();
      element.style.display = before;
      return better;
    });
    const found = guilty.length > 0 ? guilty : out;
    const innermost = found.filter(element => !found.some(other =>
      other !== element && element.contains(other)));
    return innermost.length === 0 ? ['html'] : innermost.slice(0, 3).map(selectorOf);
  });
}

async function fits(page, rule, help) {
  await settle(page);
  return (await sticksOut(page)).map(selector => ({rule, selector, help}));
}

const textSize = page => page.evaluate(() => {
  const main = document.querySelector('main p') ?? document.body;
  return parseFloat(getComputedStyle(main).fontSize);
});

/** Leaves the page as it was but for its size. */
export async function screens(page) {
  await page.setViewportSize(NARROW);
  const wrong = await fits(page, 'reflow', 'it scrolls sideways at 320 px');
  await page.setViewportSize(WIDE);
  const before = await textSize(page);
  // The reader's own setting, which only text sized by it follows.
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', {fontSizes: LARGE_TEXT});
  wrong.push(...await fits(page, 'large-text', 'it scrolls sideways with text of 200 %'));
  const after = await textSize(page);
  if (after < before * 1.9) {
    wrong.push({rule: 'text-size', selector: 'main p',
      help: `readers ask for text twice as large, and it goes from ${before} to ${after} px`});
  }
  await session.send('Page.setFontSizes', {fontSizes: TEXT});
  await session.detach();
  return wrong;
}

/** On paper there is the text, and nothing to click one's way with. */
export async function paper(page) {
  await page.emulateMedia({media: 'print'});
  await settle(page);
  const {main, navigation} = await page.evaluate(() => {
    const seen = element => element.getBoundingClientRect().height > 1 &&
      element.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const outside = [...document.querySelectorAll('nav, [role=navigation]')]
      .filter(element => element.closest('main') === null);
    const text = document.querySelector('main');
    return {
      main: text !== null && seen(text) && text.innerText.trim() !== '',
      navigation: outside.filter(seen).map(selectorOf),
    };
  });
  await page.emulateMedia({media: 'screen'});
  const wrong = navigation.map(selector =>
    ({rule: 'print', selector, help: 'navigation is printed'}));
  return main ? wrong : [...wrong, {rule: 'print', selector: 'main', help: 'it is not printed'}];
}
