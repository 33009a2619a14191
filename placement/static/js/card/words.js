// The page's own sentences, and days and times in its language. Nothing here is text of a script.
export const words = document.querySelector('[data-words]')?.dataset ?? {};

const language = document.documentElement.lang || 'en';
const days = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' });
const clocks = new Intl.DateTimeFormat(language, { timeStyle: 'short' });

export const put = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const localDay = (at = new Date()) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

export const instant = (day, time) => new Date(`${day}T${time}`);

// "today, 9:00 to 13:00"
export const when = ({ day, start, end }) => {
  const name = day === localDay() ? words.today : days.format(instant(day, '12:00'));
  const times = { start: clocks.format(instant(day, start)), end: clocks.format(instant(day, end)) };
  return `${name}, ${put(words.times, times)}`;
};

export const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

// Fills a copied template's sentences in.
export const nameThem = (root, values) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = put(walker.currentNode.data, values);
};
