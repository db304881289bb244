// Tab goes through everything one can use, in order, to the end; and one sees where one is.
//
// The first WALKED stops and the last LAST are reached with the Tab key. On longer pages those
// between, which are lists of the same kind of link, are focused by script, one after another:
// they look the same for it, and the key takes ten milliseconds each. The way back is gone by
// script too: what sticks to the top of the screen hides things only for those who come from
// below.

const WALKED = 150;
const LAST = 10;
// A scroll area may be a stop without being listed as one; so many more are no trap yet.
const UNLISTED = 20;

/** Puts what the walk needs into the page. Runs in the page. */
function prepare() {
  const CONTRAST = 3;
  const OTHER_STYLES = [
    'backgroundColor', 'borderTopColor', 'borderBottomColor', 'borderBottomWidth', 'boxShadow',
    'color', 'textDecorationLine', 'textDecorationColor', 'textDecorationThickness',
  ];
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});

  const isStop = element => element.tabIndex >= 0 && !element.matches(':disabled') &&
    element.closest('[inert]') === null && element.checkVisibility({visibilityProperty: true}) &&
    !(element.type === 'radio' && isPassedOver(element));
  // Of a group of radio buttons one is a stop, and the arrow keys reach the others.
  const isPassedOver = radio => {
    const group = [...document.querySelectorAll('input[type=radio]')]
      .filter(({name, form}) => name === radio.name && form === radio.form);
    return radio !== (group.find(({checked}) => checked) ?? group[0]);
  };
  const stops = [...document.querySelectorAll('a[href], area[href], button, input, select, ' +
    'textarea, details > summary:first-of-type, iframe, [controls], [contenteditable], ' +
    '[tabindex]')].filter(isStop);

  const pixel = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = color => {
    const [red, green, blue] = pixel(color).map(value =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  /** The color that an outline around the element is seen on. */
  const backdrop = element => {
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (pixel(color)[3] === 255) {
        return color;
      }
    }
    return 'Canvas';
  };
  const hasOutline = (element, style) => style.outlineStyle !== 'none' &&
    parseFloat(style.outlineWidth) > 0 && pixel(style.outlineColor)[3] > 0 &&
    // The browser's own outline has two colors, of which one is always seen.
    (style.outlineStyle === 'auto' || contrast(style.outlineColor, backdrop(element)) >= CONTRAST);
  const looks = element => {
    const style = getComputedStyle(element);
    return {
      outline: hasOutline(element, style),
      rest: OTHER_STYLES.map(name => style[name]).join(';'),
    };
  };

  /** What is wrong with where a focused element is; undefined if one sees it. */
  const outOfSight = element => {
    // Of what is larger than the screen one sees a part.
    const onScreen = ({left, top, right, bottom}) => {
      const [x, y] = [Math.max(left, 0), Math.max(top, 0)];
      return {left: x, top: y,
        width: Math.min(right, innerWidth) - x, height: Math.min(bottom, innerHeight) - y};
    };
    const rects = [...element.getClientRects()].map(onScreen)
      .filter(({width, height}) => width > 1 && height > 1);
    const points = rects.flatMap(({left, top, width, height}) =>
      [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]]
        .map(([x, y]) => [left + x * width, top + y * height]));
    const inside = points.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    if (inside.length === 0) {
      return 'it has the focus, and is not on the screen';
    }
    const hits = inside.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
    const seen = hit => hit.contains(element) || element.contains(hit) ||
      [...element.labels ?? []].some(label => label.contains(hit));
    return hits.length === 0 || hits.some(seen) ? undefined :
      `it has the focus, and lies under ${selectorOf(hits[0])}`;
  };

  const visited = new Map();
  const hidden = new Map();
  const visit = element => {
    element.getAnimations().forEach(animation => animation.finish());
    visited.set(element, looks(element));
    notice(element);
  };
  const notice = element => {
    const why = outOfSight(element);
    if (why !== undefined) {
      hidden.set(element, why);
    }
  };
  const follows = (one, other) =>
    (other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

  globalThis.keyboard = {
    /** After a press of Tab: where it went. */
    step() {
      const element = document.activeElement;
      if (element === null || element === document.body || element === document.documentElement) {
        return {end: true};
      }
      const again = visited.has(element);
      const stuck = element === globalThis.keyboard.at;
      globalThis.keyboard.at = element;
      if (!again) {
        visit(element);
      }
      return {again, stuck, selector: selectorOf(element)};
    },
    /** Focuses by script what comes after the last stop visited, but for the last few. */
    skip(last) {
      const here = document.activeElement;
      for (const stop of stops.slice(0, -last).filter(stop => follows(stop, here))) {
        stop.focus();
        visit(stop);
      }
    },
    /** Focuses by script every stop from the last to the first. */
    back() {
      for (const stop of stops.toReversed()) {
        stop.focus();
        notice(stop);
      }
    },
    /** When all is done: what is wrong with what was visited, and what was not. */
    judge() {
      document.activeElement?.blur();
      const wrong = [];
      const add = (element, rule, help) =>
        wrong.push({rule, selector: selectorOf(element), help});
      for (const [element, focused] of visited) {
        const plain = looks(element);
        if (!(focused.outline && !plain.outline) && focused.rest === plain.rest) {
          add(element, 'focus-visible', 'it looks the same with the focus as without it, or its ' +
            `outline has less than ${CONTRAST}:1 to what is behind it`);
        }
      }
      hidden.forEach((why, element) => add(element, 'focus-obscured', why));
      for (const stop of stops.filter(element => !visited.has(element))) {
        add(stop, 'keyboard', 'Tab does not reach it');
      }
      const order = [...visited.keys()];
      for (const [index, element] of order.entries()) {
        if (index > 0 && follows(order[index - 1], element)) {
          add(element, 'focus-order',
            `Tab comes here after ${selectorOf(order[index - 1])}, which stands later`);
        }
      }
      scrollTo(0, 0);
      return wrong;
    },
  };
  return stops.length;
}

/** Presses Tab so many times, or to the end of the page; what stopped it before that. */
async function tab(page, most) {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    const {end, again, stuck, selector} = await page.evaluate(() => globalThis.keyboard.step());
    if (end) {
      return {ended: true};
    }
    if (stuck || again) {
      return {trap: {rule: 'keyboard-trap', selector, help: stuck ? 'Tab does not leave it' :
        'Tab comes back to it before the end of the page'}};
    }
  }
  return {};
}

/** Walks through a page on which nothing has had the focus yet. */
export async function walk(page) {
  const count = await page.evaluate(prepare);
  const long = count > WALKED + LAST;
  let {ended, trap} = await tab(page, long ? WALKED : count + UNLISTED);
  if (long && !trap) {
    await page.evaluate(last => globalThis.keyboard.skip(last), LAST);
    ({ended, trap} = await tab(page, LAST + UNLISTED));
  }
  if (!ended && !trap) {
    trap = {rule: 'keyboard-trap', selector: '-',
      help: `Tab has gone ${UNLISTED} times further than there are stops, and is not at the end`};
  }
  await page.evaluate(() => globalThis.keyboard.back());
  const wrong = await page.evaluate(() => globalThis.keyboard.judge());
  return trap ? [trap, ...wrong] : wrong;
}
